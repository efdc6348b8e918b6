/**
 * What the database keeps of campaigns besides their files: the texts that agents read from, and what calls were
 * about.
 *
 * <p>Tables: {@code script_version}, {@code campaign_matter}.
 */
@NullMarked
package org.paceline.daemon.campaigns;

import org.jspecify.annotations.NullMarked;
