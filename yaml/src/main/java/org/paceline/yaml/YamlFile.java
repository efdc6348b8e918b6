package org.paceline.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Parses YAML text into a tree. The text must be one document with a mapping at its root, without aliases, and with no
 * key twice.
 */
public final class YamlFile {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final Pattern KEY = Pattern.compile("^[\\s{\\[-]*([\\w.-]+)\\s*:(\\s|$)");

    private final String file;
    private final YAMLParser parser;
    private final ConfigProblems problems;

    private YamlFile(String file, YAMLParser parser, ConfigProblems problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /** Reads a file in UTF-8; a file that cannot be read is a problem and gives an empty mapping. */
    public static YamlMap read(Path path, ConfigProblems problems) {
        String file = path.toString();
        try {
            byte[] bytes = SmallFile.read(path);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(file, text, problems);
        } catch (NoSuchFileException _) {
            problems.add(file, "no such file");
        } catch (CharacterCodingException _) {
            problems.add(file, "is not UTF-8 text; save it as UTF-8");
        } catch (FileSystemException e) {
            problems.add(file, "cannot be read: " + FileFault.reason(e));
        } catch (IOException e) {
            problems.add(file, String.valueOf(e.getMessage()));
        }
        return empty(file, problems);
    }

    /**
     * Parses text; a syntax error is a problem and gives an empty mapping.
     *
     * @param file the name of the text in problems
     */
    public static YamlMap parse(String file, String text, ConfigProblems problems) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlFile(file, parser, problems).document();
        } catch (JsonProcessingException e) {
            problems.add(syntaxError(file, text, e));
            return empty(file, problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigProblem syntaxError(String file, String text, JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark mark = marked.getProblemMark();
            int line = mark.getLine() + 1;
            String context = marked.getContext() == null ? "" : " " + firstLine(marked.getContext());
            String near = keyOf(text.lines().skip(mark.getLine()).findFirst().orElse(""));
            return new ConfigProblem(
                    file,
                    line,
                    "",
                    "is not YAML at " + line + ":" + (mark.getColumn() + 1) + context + ": "
                            + firstLine(marked.getProblem()) + (near.isEmpty() ? "" : ", in " + near));
        }
        JsonLocation location = e.getLocation();
        int line = location == null ? 0 : Math.max(0, location.getLineNr());
        return new ConfigProblem(file, line, "", "is not YAML: " + firstLine(e.getOriginalMessage()));
    }

    /** Returns the key of a line, or nothing: its value may be a secret, or one line of it. */
    private static String keyOf(String line) {
        Matcher key = KEY.matcher(line);
        return key.find() ? "'" + key.group(1) + "'" : "";
    }

    private static YamlMap empty(String file, ConfigProblems problems) {
        return new YamlMap(new Place(file, 1, "", problems), Map.of());
    }

    private YamlMap document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return empty(file, problems);
        }
        Place root = new Place(file, line(), "", problems);
        if (first != JsonToken.START_OBJECT) {
            root.problem("must be a mapping of keys to values");
            return empty(file, problems);
        }
        YamlMap map = map(root);
        if (parser.nextToken() != null) {
            new Place(file, line(), "", problems).problem("has a second document; one file holds one");
        }
        return map;
    }

    private YamlNode node(Place place) throws IOException {
        JsonToken token = parser.currentToken();
        if (parser.isCurrentAlias()) {
            place.problem("YAML aliases (*name) are not supported; write the value out");
        }
        return switch (token) {
            case START_OBJECT -> map(place);
            case START_ARRAY -> list(place);
            case VALUE_NULL -> new YamlScalar(place, "");
            default -> new YamlScalar(place, parser.getText());
        };
    }

    private YamlMap map(Place place) throws IOException {
        Map<String, YamlNode> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place at = place.key(key, line());
            parser.nextToken();
            YamlNode value = node(at);
            YamlNode earlier = values.putIfAbsent(key, value);
            if (earlier != null) {
                at.problem("is set twice, first in line " + earlier.place().line() + "; keep one of them");
            }
        }
        return new YamlMap(place, values);
    }

    private YamlList list(Place place) throws IOException {
        List<YamlNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(place.element(elements.size(), line())));
        }
        return new YamlList(place, elements);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(@Nullable String message) {
        if (message == null) {
            return "syntax error";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
