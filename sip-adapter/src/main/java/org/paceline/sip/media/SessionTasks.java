package org.paceline.sip.media;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one session: brought to the media loop, and kept from ending the loop's tick.
 *
 * <p>Thread: any.
 *
 * @param session its name, for the logs
 */
record SessionTasks(String session, Executor loop) {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTasks.class);

    /**
     * Runs the work on the media loop, after the work that was brought there before; does nothing once the plane is
     * closed.
     */
    void onLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException _) {
            LOG.debug("session={} ignored=call reason=\"the media plane is closed\"", session);
        }
    }

    /** Runs another's callback now, and logs what it throws. Thread: media loop. */
    void callBack(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("session={} callback=failed", session, e);
        }
    }
}
