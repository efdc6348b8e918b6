/**
 * What is learnt about the public and about agents: who answers and when, and how long talks last. Pure; time is a
 * parameter.
 */
@NullMarked
package org.paceline.dialer.forecast;

import org.jspecify.annotations.NullMarked;
