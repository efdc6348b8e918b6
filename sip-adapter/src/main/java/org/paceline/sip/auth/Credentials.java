package org.paceline.sip.auth;

/**
 * The account that a peer gave us.
 *
 * @param user its name, as the peer's challenge wants it
 * @param password never shown
 * @param realm the only realm that it is for, or empty for whatever realm the peer names
 */
public record Credentials(String user, String password, String realm) {

    boolean isFor(String challenged) {
        return realm.isEmpty() || realm.equals(challenged);
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***, realm=" + realm + "]";
    }
}
