package org.paceline.sip.media;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.paceline.dialer.call.CallId;
import org.paceline.dialer.campaign.CampaignId;

/** One RTP stream each way. Thread: any; the work is done on the media loop, in the order of the calls. */
public final class MediaSession {

    private final InetSocketAddress local;

    MediaSession(InetSocketAddress local) {
        this.local = local;
    }

    public InetSocketAddress local() {
        return local;
    }

    public void remote(InetSocketAddress address, int audioPayloadType, int telephoneEventPayloadType) {}

    public void join(
            MediaSession agentLine, CallId call, CampaignId campaign, boolean record, Runnable joined) {}

    public void unjoin() {}

    public void play(Path wav, Runnable done) {}

    public void close() {}
}
