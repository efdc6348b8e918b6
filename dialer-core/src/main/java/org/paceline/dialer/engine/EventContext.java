package org.paceline.dialer.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.time.LocalDays;
import org.paceline.dialer.time.Moment;

/** The event in hand: its moment, its effects, and the campaigns that are to be paced because of it. */
final class EventContext {
    private final LocalDays days;
    private final Set<CampaignId> touched = new LinkedHashSet<>();
    private Moment moment;
    private @Nullable Consumer<Effect> effects;
    private long unstored;

    EventContext(LocalDays days, Moment start) {
        this.days = days;
        this.moment = start;
    }

    void begin(Moment now, Consumer<Effect> sink) {
        moment = now;
        effects = sink;
    }

    Moment moment() {
        return moment;
    }

    long epochMillis() {
        return moment.epochMillis();
    }

    long nanos() {
        return moment.nanos();
    }

    long day() {
        return days.dayOf(moment.epochMillis());
    }

    long dayOf(Moment when) {
        return days.dayOf(when.epochMillis());
    }

    void emit(Effect effect) {
        if (effect instanceof Effect.Entry) {
            unstored++;
        }
        if (effects == null) {
            throw new IllegalStateException("effect=" + effect + ": outside of an event");
        }
        effects.accept(effect);
    }

    /** How many entries were given to the store and are not yet known to be stored. */
    long unstored() {
        return unstored;
    }

    void stored(int entries) {
        unstored -= entries;
    }

    /** Marks that this campaign may have reason to place calls. */
    void touch(CampaignId campaign) {
        touched.add(campaign);
    }

    Set<CampaignId> touched() {
        return touched;
    }
}
