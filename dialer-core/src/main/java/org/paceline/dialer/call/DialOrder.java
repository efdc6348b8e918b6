package org.paceline.dialer.call;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;

/**
 * The order to the telephone network to place a call.
 *
 * @param number whom to call
 * @param trunk over which trunk
 * @param callerId E.164 digits without {@code +}
 * @param ringLimitMillis how long it may ring, from the first 18x; and how long the network may take to ring
 * @param awaitsGreeting whether the called party's first words are listened for after the answer
 * @param recording what is recorded once agent and customer are joined
 * @param recordingNotice what both hear before the recording begins, or null for nothing
 * @param campaign whose call it is, for the recording's place and the logs
 */
public record DialOrder(
        PhoneNumber number,
        TrunkId trunk,
        long callerId,
        long ringLimitMillis,
        boolean awaitsGreeting,
        RecordingDirective recording,
        @Nullable Announcement recordingNotice,
        CampaignId campaign) {}
