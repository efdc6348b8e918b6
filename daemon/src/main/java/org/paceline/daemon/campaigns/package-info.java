/** What the database keeps of campaigns beside their files: the texts that agents read from. */
@NullMarked
package org.paceline.daemon.campaigns;

import org.jspecify.annotations.NullMarked;
