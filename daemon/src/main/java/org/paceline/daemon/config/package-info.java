/**
 * The contents of the configuration files as records: {@code paceline.yaml} for the node, and one file for each
 * campaign.
 */
@NullMarked
package org.paceline.daemon.config;

import org.jspecify.annotations.NullMarked;
