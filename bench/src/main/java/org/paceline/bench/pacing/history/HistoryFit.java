package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.paceline.bench.measure.BenchException;
import org.paceline.dialer.call.Outcome;

/** Fits laws to past calls. */
public final class HistoryFit {
    static final int LEAST_CALLS = 200;
    static final int LEAST_TALKS = 30;

    private final List<PastCall> calls;
    private final CommonDay day;
    private final Map<Long, Attendance.Hour> attended;
    private final SampleLaw setUp;
    private final SampleLaw ring;

    private HistoryFit(List<PastCall> calls) {
        this.calls = calls;
        this.day = CommonDay.of(calls);
        this.attended = attendance(calls).hours();
        this.setUp = law(calls.stream()
                .filter(call -> call.ringing() > 0)
                .map(call -> seconds(call.dialled(), call.ringing()))
                .toList());
        this.ring = rings(true);
    }

    /** How long phones rang until the answer, or until calls that nobody answered ended by themselves. */
    private SampleLaw rings(boolean answered) {
        List<SampleLaw.Observed> ends = Incidence.of(calls.stream()
                .map(call -> new Incidence.Seen(
                        seconds(ringsAt(call), call.answered() > 0 ? call.answered() : call.ended()),
                        !call.isGivenUp(),
                        answered == call.answered() > 0))
                .toList());
        return ends.isEmpty() ? new SampleLaw(List.of(0.0)) : SampleLaw.of(ends);
    }

    /**
     * @param source what the calls are from, for messages
     * @throws BenchException with one line, where there are too few calls
     */
    public static FittedLaws of(String source, List<PastCall> calls) throws BenchException {
        long talks = calls.stream().filter(HistoryFit::isTalk).count();
        if (calls.size() < LEAST_CALLS || talks < LEAST_TALKS) {
            throw new BenchException(source + ": has " + calls.size() + " ended calls and " + talks
                    + " talks: too few to fit, there must be at least " + LEAST_CALLS + " and " + LEAST_TALKS);
        }
        return new HistoryFit(calls).laws();
    }

    private FittedLaws laws() {
        List<String> names =
                calls.stream().map(HistoryFit::segmentOf).distinct().sorted().toList();
        AnswerOdds odds = odds(names);
        List<Double> wrapUps = calls.stream()
                .map(PastCall::wrapUpSeconds)
                .filter(Double::isFinite)
                .toList();
        return new FittedLaws(
                basis(wrapUps.size()),
                actual(),
                odds.mean(),
                hours(odds),
                segments(names, odds),
                setUp,
                ring,
                law(of(Outcome.NO_ANSWER).stream()
                        .map(call -> seconds(ringsAt(call), call.ended()))
                        .toList()),
                law(calls.stream()
                        .filter(HistoryFit::isTalk)
                        .map(call -> seconds(call.connected(), call.ended()))
                        .toList()),
                law(wrapUps),
                failures(),
                machines());
    }

    private FittedLaws.Basis basis(int wrapUps) {
        return new FittedLaws.Basis(
                calls.size(),
                count(call -> call.answered() > 0),
                count(HistoryFit::isTalk),
                wrapUps,
                count(PastCall::isGivenUp),
                day.days(),
                day.firstHour(),
                (int) calls.stream().map(PastCall::campaign).distinct().count());
    }

    private AnswerOdds odds(List<String> names) {
        AnswerOdds odds = new AnswerOdds(names.size(), day.hours());
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        SampleLaw failing = rings(false);
        for (PastCall call : calls) {
            int group = places.getOrDefault(segmentOf(call), 0);
            int hour = day.hourOf(call.dialled());
            if (call.isGivenUp()) {
                double rang = seconds(ringsAt(call), call.ended());
                odds.add(new AnswerOdds.GivenUp(group, hour, 1 - ring.shareUpTo(rang), 1 - failing.shareUpTo(rang)));
            } else {
                odds.add(group, hour, call.answered() > 0);
            }
        }
        odds.fit();
        return odds;
    }

    private static Attendance attendance(List<PastCall> calls) {
        Attendance attendance = new Attendance();
        for (PastCall call : calls) {
            if (isTalk(call) && call.agent() != null) {
                attendance.talk(call.agent(), call.connected(), call.ended() + (long) (1e3 * wrapUpSeconds(call)));
            }
        }
        return attendance;
    }

    private static double wrapUpSeconds(PastCall call) {
        return Double.isFinite(call.wrapUpSeconds()) ? call.wrapUpSeconds() : 0;
    }

    private FittedLaws.Actual actual() {
        double present = Math.max(
                1,
                attended.values().stream()
                                .mapToLong(Attendance.Hour::presentMillis)
                                .sum()
                        / 1e3);
        double talk = 0;
        double wrapUp = 0;
        for (PastCall call : calls) {
            if (isTalk(call)) {
                talk += seconds(call.connected(), call.ended());
                wrapUp += wrapUpSeconds(call);
            }
        }
        int talks = count(HistoryFit::isTalk);
        int answered = Math.max(1, count(call -> call.answered() > 0 && !isMachine(call)));
        return new FittedLaws.Actual(
                (talk + wrapUp) / present,
                talk / present,
                Math.max(0, present - talk - wrapUp) / talks,
                talks / (present / 3_600),
                (double) of(Outcome.ABANDONED).size() / answered,
                (double) calls.size() / answered);
    }

    private List<FittedLaws.Hour> hours(AnswerOdds odds) {
        int[] dialled = new int[day.hours()];
        for (PastCall call : calls) {
            dialled[day.hourOf(call.dialled())]++;
        }
        double[] present = new double[day.hours()];
        attended.forEach((hour, agents) -> present[day.hourOfHour(hour)] += agents.presentMillis());
        double[] worked = new double[day.hours()];
        Arrays.fill(worked, (double) day.days() * CommonDay.HOUR_MILLIS);
        leaveOutUncovered(worked);
        List<FittedLaws.Hour> hours = new ArrayList<>();
        for (int hour = 0; hour < day.hours(); hour++) {
            hours.add(new FittedLaws.Hour(
                    odds.hourFactor(hour), present[hour] / Math.max(1, worked[hour]), dialled[hour]));
        }
        return hours;
    }

    /**
     * Removes the parts of hours that the export does not cover: it may begin and end within an hour, which counts by
     * its part.
     */
    private void leaveOutUncovered(double[] worked) {
        LongSummaryStatistics hours = attended.keySet().stream()
                .filter(day::hasHour)
                .mapToLong(Long::longValue)
                .summaryStatistics();
        attended.forEach((hour, agents) -> {
            if (hour == hours.getMin() || hour == hours.getMax()) {
                worked[day.hourOfHour(hour)] -= CommonDay.HOUR_MILLIS - agents.workedMillis();
            }
        });
    }

    private List<FittedLaws.Segment> segments(List<String> names, AnswerOdds odds) {
        Map<String, Integer> counts = new HashMap<>();
        calls.forEach(call -> counts.merge(segmentOf(call), 1, Integer::sum));
        List<FittedLaws.Segment> segments = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            segments.add(new FittedLaws.Segment(
                    name.isEmpty() ? null : name,
                    (double) counts.getOrDefault(name, 0) / calls.size(),
                    odds.groupFactor(i)));
        }
        return segments;
    }

    private List<FittedLaws.Failure> failures() {
        Map<Outcome, List<Double>> ends = new EnumMap<>(Outcome.class);
        int unanswered = 0;
        for (PastCall call : calls) {
            if (call.answered() == 0 && !call.isGivenUp()) {
                unanswered++;
                if (call.outcome() != Outcome.NO_ANSWER) {
                    ends.computeIfAbsent(call.outcome(), _ -> new ArrayList<>())
                            .add(seconds(call.dialled(), call.ended()));
                }
            }
        }
        List<FittedLaws.Failure> failures = new ArrayList<>();
        for (Map.Entry<Outcome, List<Double>> of : ends.entrySet()) {
            failures.add(new FittedLaws.Failure(
                    of.getKey(), (double) of.getValue().size() / unanswered, law(of.getValue())));
        }
        return failures;
    }

    private FittedLaws.Machines machines() {
        List<Double> detections = calls.stream()
                .filter(HistoryFit::isMachine)
                .map(call -> seconds(call.answered(), call.ended()))
                .toList();
        return new FittedLaws.Machines(
                (double) detections.size() / Math.max(1, count(call -> call.answered() > 0)),
                detections.isEmpty() ? null : law(detections));
    }

    private List<PastCall> of(Outcome outcome) {
        return calls.stream().filter(call -> call.outcome() == outcome).toList();
    }

    /** Returns when the phone began to ring; where the network did not say, after the usual set-up. */
    private long ringsAt(PastCall call) {
        if (call.ringing() > 0) {
            return call.ringing();
        }
        long end = call.answered() > 0 ? call.answered() : call.ended();
        return Math.min(end, call.dialled() + (long) (1e3 * setUp.quantile(0.5)));
    }

    private int count(Predicate<PastCall> which) {
        return (int) calls.stream().filter(which).count();
    }

    private static boolean isTalk(PastCall call) {
        return call.outcome() == Outcome.CONNECTED && call.connected() > 0;
    }

    private static boolean isMachine(PastCall call) {
        return call.answered() > 0 && (call.outcome() == Outcome.MACHINE || call.outcome() == Outcome.FAX);
    }

    private static String segmentOf(PastCall call) {
        return Objects.requireNonNullElse(call.segment(), "");
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e3;
    }

    /** Makes a law; where nothing was observed, of no time at all. */
    private static SampleLaw law(List<Double> seconds) {
        return seconds.isEmpty()
                ? new SampleLaw(List.of(0.0))
                : SampleLaw.of(seconds.stream()
                        .map(value -> new SampleLaw.Observed(value, 1))
                        .toList());
    }
}
