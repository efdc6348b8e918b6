/** {@code paceline-bench sip}: calls of the production SIP client, without the engine, against any peer. */
@NullMarked
package org.paceline.bench.sip;

import org.jspecify.annotations.NullMarked;
