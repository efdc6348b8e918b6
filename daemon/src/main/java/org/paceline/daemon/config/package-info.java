/**
 * The configuration: {@code paceline.yaml} for the node and one file a campaign, read strictly into records, with every
 * problem told together by file, line and key; and the watch that puts a changed campaign file in force as a whole or not
 * at all.
 */
@NullMarked
package org.paceline.daemon.config;

import org.jspecify.annotations.NullMarked;
