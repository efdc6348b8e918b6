/** What the configuration files say, as records: {@code paceline.yaml} for the node and one file a campaign. */
@NullMarked
package org.paceline.daemon.config;

import org.jspecify.annotations.NullMarked;
