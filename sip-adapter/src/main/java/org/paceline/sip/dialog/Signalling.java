package org.paceline.sip.dialog;

import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipEndpoint;

/**
 * The parts that all calls of one SIP endpoint share. Thread: any.
 *
 * @param peers the addresses that may send requests outside of calls
 * @param calls the calls that are not over
 */
record Signalling(
        SipEndpoint endpoint,
        SipMessages messages,
        SipResponses responses,
        PeerAddresses peers,
        SipCounters counters,
        AnswerRefusals refusals,
        OwnCalls calls) {}
