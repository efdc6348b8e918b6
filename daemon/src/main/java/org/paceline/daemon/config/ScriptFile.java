package org.paceline.daemon.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.paceline.dialer.campaign.Script;
import org.paceline.rules.ScriptState;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.SmallFile;

/**
 * The script that a campaign's agents read from, as its file has it now.
 *
 * <p>Thread: any (immutable).
 *
 * @param version the approved version's name
 * @param approvedSha256 SHA-256 of the text that was approved, 64 hexadecimal digits
 * @param sha256 SHA-256 of the text in the file
 */
public record ScriptFile(Path file, String version, String approvedSha256, String sha256, String text) {
    public static final int LONGEST_VERSION = 100;
    private static final int LONGEST_BYTES = 200_000;

    public static final ScalarType<String> SHA_256 =
            ScalarType.matching("the SHA-256 of the approved text, 64 hexadecimal digits", "[0-9a-f]{64}");

    /** @throws IOException with a message for people, where there is no such text */
    public static ScriptFile read(Path file, String version, String approvedSha256) throws IOException {
        byte[] bytes = bytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new ScriptFile(file, version, approvedSha256, HexFormat.of().formatHex(Secret.digest(bytes)), text);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 text", e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return SmallFile.read(file, LONGEST_BYTES);
        } catch (FileSystemException e) {
            throw new IOException("cannot read " + file + ": must be a text file", e);
        } catch (IOException e) {
            throw new IOException(file + " " + e.getMessage(), e);
        }
    }

    public ScriptState state() {
        return sha256.equals(approvedSha256) ? ScriptState.APPROVED : ScriptState.ALTERED;
    }

    public Script toScript() {
        return new Script(version, state());
    }
}
