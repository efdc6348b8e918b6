package org.paceline.daemon.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Signals;
import org.paceline.daemon.trace.SipTrace;
import org.paceline.yaml.FileFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline sip trace}: asks a running daemon. */
@Command(
        name = "trace",
        description = {
            "Shows the SIP messages of the last time as ladders, of a running daemon, with numbers and secrets masked.",
            "How far back they reach: sip.trace-memory. Without any filter it shows all."
        })
final class SipTraceCommand implements Callable<Integer> {
    private static final String NAME = "paceline sip trace";
    private static final String MESSAGES = "/api/sip/messages";
    private static final String PAGE = "500";
    private static final long POLL_MILLIS = 500;

    @Option(
            names = "--number",
            paramLabel = "NUMBER",
            description = "Only calls to that number, and messages that name it, however it is written there.")
    private @Nullable String number;

    @Option(
            names = "--call",
            paramLabel = "ID",
            description = "Only that call: its id, as the API, the log and the export show it, or a Call-ID of SIP.")
    private @Nullable String call;

    @Option(names = "--trunk", paramLabel = "NAME", description = "Only that trunk's messages.")
    private @Nullable String trunk;

    @Option(names = "--agent", paramLabel = "NAME", description = "Only the calls of that agent's phone.")
    private @Nullable String agent;

    @Option(names = "--follow", description = "Goes on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--messages", description = "Shows each message whole below its arrow.")
    private boolean whole;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "Also writes a capture for Wireshark and tshark, masked as well; what went over TCP or TLS is"
                    + " written as UDP.")
    private @Nullable Path pcap;

    @Option(names = "--force", description = "Replaces the file of --pcap where it is there.")
    private boolean force;

    @Mixin
    private final ApiOption api = new ApiOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final CountDownLatch stop = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet();
        if (pcap != null && Files.exists(pcap) && !force) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pcap: " + pcap + " is there already; name another file, or replace it with --force");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (follow) {
            Signals.on("INT", stop::countDown);
        }
        try (DaemonApi daemon = api.connect(NAME);
                TraceFile file = pcap == null ? TraceFile.NONE : TraceFile.to(opened(pcap))) {
            Ladder ladder = new Ladder(out, ZoneId.systemDefault(), whole);
            return follow ? following(daemon, ladder, file, out) : once(daemon, ladder, file, out);
        } catch (DaemonApi.NotThere e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailed(NAME + ": " + pcap + " cannot be written: " + FileFault.reason(e));
        }
    }

    private int once(DaemonApi daemon, Ladder ladder, TraceFile file, PrintWriter out)
            throws IOException, InterruptedException {
        List<SipTrace.Message> all = new ArrayList<>();
        SipTrace.Page page = ask(daemon, null);
        SipTrace.Page first = page;
        all.addAll(page.messages());
        while (!page.last()) {
            page = ask(daemon, page.next());
            all.addAll(page.messages());
            told(page, out);
        }
        if (all.isEmpty()) {
            out.println(nothing(first.holds()));
        }
        all.sort(Comparator.comparing(SipTrace.Message::at)); // two sockets' messages may have changed places
        ladder.byCall(all);
        file.write(all);
        file.told(out, pcap, all.size());
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private int following(DaemonApi daemon, Ladder ladder, TraceFile file, PrintWriter out)
            throws IOException, InterruptedException {
        SipTrace.Page page = ask(daemon, null);
        if (page.messages().isEmpty() && page.last()) {
            out.println(nothing(page.holds()));
        }
        long shown = 0;
        String next = "";
        boolean isAway = false;
        do {
            told(page, out);
            ladder.asItCame(page.messages());
            file.write(page.messages());
            shown += page.messages().size();
            out.flush();
            next = page.next();
            boolean isMore = !page.last();
            SipTrace.Page empty = new SipTrace.Page(List.of(), next, true, 0, false, null);
            if (!isMore && stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
            try {
                page = ask(daemon, next);
                isAway = false;
            } catch (DaemonApi.NotThere e) {
                if (!isAway) {
                    out.println("--- the daemon does not answer; still trying");
                }
                isAway = true;
                page = empty;
            }
        } while (stop.getCount() > 0);
        file.told(out, pcap, shown);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** Tells what is missing before the page. */
    private static void told(SipTrace.Page page, PrintWriter out) {
        if (page.restarted()) {
            out.println("--- the daemon was started anew");
        }
        if (page.lost() > 0) {
            out.println("--- " + page.lost() + " messages of all calls were overwritten before they could be read:"
                    + " sip.trace-memory is small for this traffic");
        }
    }

    private SipTrace.Page ask(DaemonApi daemon, @Nullable String after) throws InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "number", number);
        put(query, "call", call);
        put(query, "trunk", trunk);
        put(query, "agent", agent);
        put(query, "after", after);
        query.put("limit", PAGE);
        return daemon.get(MESSAGES, query, SipTrace.Page.class);
    }

    private static void put(Map<String, String> query, String key, @Nullable String value) {
        if (value != null) {
            query.put(key, value);
        }
    }

    private String nothing(SipTrace.@Nullable Contents holds) {
        List<String> asked = new ArrayList<>();
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("--number", number);
        all.put("--call", call);
        all.put("--trunk", trunk);
        all.put("--agent", agent);
        all.forEach((name, value) -> {
            if (value != null) {
                asked.add(name + " " + value);
            }
        });
        String what = "no message" + (asked.isEmpty() ? "" : " matches " + String.join(" ", asked));
        if (holds == null || holds.messages() == 0 || holds.since() == null) {
            return what + "; the daemon has seen none yet";
        }
        StringBuilder text = new StringBuilder(what)
                .append("; there are ")
                .append(String.format(Locale.ROOT, "%,d messages of %,d calls", holds.messages(), holds.calls()))
                .append(" since ")
                .append(Ladder.time(Instant.parse(holds.since()), ZoneId.systemDefault()));
        holds.byPeer()
                .forEach((peer, count) ->
                        text.append("; ").append(peer).append(": ").append(count));
        return text.toString();
    }

    private static OutputStream opened(Path path) {
        try {
            return new BufferedOutputStream(PrivateFiles.newOutput(path));
        } catch (IOException e) {
            throw new CommandFailed(NAME + ": --pcap: " + path + " cannot be written: " + FileFault.reason(e));
        }
    }
}
