/** What is learnt of the public and of agents: who answers and when, how long talks last. Pure; time is a parameter. */
@NullMarked
package org.paceline.dialer.forecast;

import org.jspecify.annotations.NullMarked;
