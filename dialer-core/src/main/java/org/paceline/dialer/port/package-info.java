/** The ports through which the engine uses the world. Adapters implement these; the core knows neither SIP nor SQL. */
@NullMarked
package org.paceline.dialer.port;

import org.jspecify.annotations.NullMarked;
