package org.paceline.rules.citation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlList;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;
import org.paceline.yaml.YamlScalar;
import org.paceline.yaml.key.OwnShape;

/**
 * The sources of the figures of a file. A section's {@code citation} is one text for all of its keys, or a mapping with
 * a text for each; where there is none, the file's own {@code citation} applies. Where files are laid over each other,
 * every figure keeps the citation of the file that it comes from.
 *
 * <p>Thread: one at a time.
 */
public final class Citations {
    private static final String CITATION = "citation";

    /** The key of a section's citation. */
    public static final OwnShape KEY = new OwnShape(
            CITATION,
            "where the section's figures stand: one text, or a mapping of keys to texts",
            JsonKeywords.anyOf(JsonKeywords.TEXT, JsonKeywords.mapping(".+", JsonKeywords.TEXT)));

    private final Map<String, YamlMap> roots = new LinkedHashMap<>();
    private final String otherwise;

    private Citations(String otherwise) {
        this.otherwise = otherwise;
    }

    /**
     * @param roots the files' mappings as they are written
     * @param otherwise the citation where a file has none
     */
    public static Citations of(List<YamlMap> roots, String otherwise) {
        Citations citations = new Citations(otherwise);
        roots.forEach(root -> citations.roots.put(root.place().file(), root));
        return citations;
    }

    /** Returns the citation of a file as a whole. */
    public String whole(YamlMap root) {
        return root.text(CITATION).orElse(otherwise);
    }

    /**
     * Returns the citations of some keys of a section, each text once.
     *
     * @param section the section as it was read, from one file or from several laid over each other
     */
    public String of(YamlMap section, String... keys) {
        section.node(CITATION);
        Set<String> cited = new LinkedHashSet<>();
        for (String key : keys) {
            YamlNode figure = section.node(key);
            if (figure != null) {
                cited.add(of(sectionName(section), key, figure.place().file()));
            }
        }
        return cited.isEmpty() ? otherwise : String.join("; ", cited);
    }

    private String of(String section, String key, String file) {
        YamlMap root = roots.get(file);
        if (root == null) {
            return otherwise;
        }
        YamlNode written = root.section(section).node(CITATION);
        return switch (written) {
            case null -> whole(root);
            case YamlMap each -> each.text(key).orElse(whole(root));
            case YamlScalar _, YamlList _ -> {
                String text = ScalarType.TEXT.read(written);
                yield text == null ? whole(root) : text;
            }
        };
    }

    private static String sectionName(YamlMap section) {
        return section.place().path();
    }
}
