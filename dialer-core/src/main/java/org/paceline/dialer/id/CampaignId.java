package org.paceline.dialer.id;

/** A campaign's name, as in its file and the API. */
public record CampaignId(String value) {

    public CampaignId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("CampaignId is blank: must name one");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
