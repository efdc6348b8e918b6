package org.paceline.sip.media;

/**
 * Is told of the begin and the end of a called party's first words, each at most once, the begin first. Times are from
 * {@link System#nanoTime}.
 *
 * <p>Thread: media loop; must not block.
 */
public interface GreetingListener {

    /** @param atNanos when the first sound came, some packets ago */
    void greetingBegan(long atNanos);

    /** @param atNanos when the last sound came before the pause that has just proved to be the end */
    void greetingEnded(long atNanos);
}
