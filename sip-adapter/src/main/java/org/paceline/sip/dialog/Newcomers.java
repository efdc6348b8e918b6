package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import org.jspecify.annotations.Nullable;

/** Takes requests that begin something with us. Thread: SIP receive threads; must not block. */
public interface Newcomers {

    /** Takes nobody. */
    Newcomers NONE = new Newcomers() {
        @Override
        public boolean expects(String user) {
            return false;
        }

        @Override
        public @Nullable RegisterAnswer register(SIPRequest request) {
            return null;
        }
    };

    /** Whether a phone may register under that name, from whatever address. */
    boolean expects(String user);

    /** Answers a REGISTER; null where nobody registers here. */
    @Nullable
    RegisterAnswer register(SIPRequest request);
}
