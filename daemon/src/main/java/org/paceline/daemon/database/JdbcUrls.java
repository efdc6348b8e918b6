package org.paceline.daemon.database;

import java.util.regex.Pattern;

/** JDBC URLs as people may see them. */
public final class JdbcUrls {
    private static final Pattern USER_INFO = Pattern.compile("//[^\\s?\"']*@");
    private static final Pattern SECRET =
            Pattern.compile("(?i)([?&;][\\w.%-]*(?:pass|pwd|secret|token|key)[\\w.%-]*=)[^&;\\s\"']*");

    private JdbcUrls() {}

    /** Masks user and password of every URL in the text: before the host, and as a parameter. */
    public static String masked(String text) {
        String withoutUser = USER_INFO.matcher(text).replaceAll("//********@");
        return SECRET.matcher(withoutUser).replaceAll("$1********");
    }
}
