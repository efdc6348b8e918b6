package org.paceline.dialer.agent;

/** A time that an agent may go over. */
public enum Limit {
    /** The talk lasts longer than the campaign wants it to. */
    TALK,
    WRAP_UP,
    /** The pause lasts longer than its code allows, or the day's break time is used up. */
    BREAK,
    /** A customer was to be joined and the agent's phone was not answered. */
    RING
}
