package org.paceline.sip.stack;

import gov.nist.javax.sip.stack.DefaultTlsSecurityPolicy;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

/** The settings of the stack, with their reasons. */
final class StackProperties {

    private static final String PREFIX = "gov.nist.javax.sip.";
    private static final String SOCKET_BUFFER_BYTES = String.valueOf(4 * 1024 * 1024);
    private static final AtomicLong STACKS = new AtomicLong();

    private StackProperties() {}

    static Properties create(int receiveThreads) {
        Properties all = new Properties();
        all.setProperty("javax.sip.STACK_NAME", "paceline-" + STACKS.incrementAndGet());
        // We have our own dialogs (org.paceline.sip.dialog): the stack's hide late and forked answers.
        all.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        set(all, "AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        // The default, -1, makes one thread for each datagram.
        set(all, "THREAD_POOL_SIZE", String.valueOf(receiveThreads));
        // Our listener never blocks. Without this setting, one thread would deliver everything.
        set(all, "REENTRANT_LISTENER", "true");
        set(all, "RECEIVE_UDP_BUFFER_SIZE", SOCKET_BUFFER_BYTES);
        set(all, "SEND_UDP_BUFFER_SIZE", SOCKET_BUFFER_BYTES);
        // Otherwise the stack drops these unanswered (RFC 6665 §4.1.3 wants 481).
        set(all, "DELIVER_UNSOLICITED_NOTIFY", "true");
        set(all, "RELEASE_REFERENCES_STRATEGY", "Normal");
        set(all, "LINGER_TIMER", "1");
        set(all, "MAX_TX_LIFETIME_INVITE", "200");
        set(all, "MAX_TX_LIFETIME_NON_INVITE", "40");
        set(all, "MAX_FORK_TIME_SECONDS", "32");
        // Old datagrams are dropped in CallLanes, whose queues the stack's auditor does not know.
        set(all, "CONGESTION_CONTROL_TIMEOUT", "0");
        set(all, "IS_BACK_TO_BACK_USER_AGENT", "false");
        set(all, "THREAD_PRIORITY", String.valueOf(Thread.NORM_PRIORITY));
        // No TLS here yet; naming the default keeps the stack from warning of it.
        all.setProperty("javax.net.ssl.keyStoreType", "pkcs12");
        set(all, "TLS_SECURITY_POLICY", DefaultTlsSecurityPolicy.class.getName());
        set(all, "STACK_LOGGER", Slf4jStackLogger.class.getName());
        set(all, "SERVER_LOGGER", Slf4jServerLogger.class.getName());
        set(all, "TIMER_CLASS_NAME", WheelSipTimer.class.getName());
        return all;
    }

    private static void set(Properties all, String name, String value) {
        all.setProperty(PREFIX + name, value);
    }
}
