package io.github.djlctc.examples.htr.corpus.pen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of 1 to 5 words: the forms of {@code patterns.txt}, filled with words of {@code words.txt}
 * and with figures.
 */
final class Phrases {

    private static final Map<String, List<String>> WORDS = readWords();
    private static final List<String> FORMS = readForms();
    private static final Pattern PLACE = Pattern.compile("(\\*?)(?:<(\\w+)>|\\{([\\w-]+)})");

    private Phrases() {}

    private static Map<String, List<String>> readWords() {
        Map<String, List<String>> words = new HashMap<>();
        String kind = "";
        for (String line : Resources.lines("words.txt")) {
            int colon = line.indexOf(':');
            kind = colon < 0 ? kind : line.substring(0, colon);
            words.computeIfAbsent(kind, k -> new ArrayList<>())
                    .addAll(Arrays.asList(line.substring(colon + 1).trim().split(" +", -1)));
        }
        return words;
    }

    /** Returns each form as often as its weight says. */
    private static List<String> readForms() {
        List<String> forms = new ArrayList<>();
        for (String line : Resources.lines("patterns.txt")) {
            int space = line.indexOf(' ');
            for (int i = Integer.parseInt(line.substring(0, space)); i > 0; i--) {
                forms.add(line.substring(space + 1));
            }
        }
        return forms;
    }

    static String draw(RandomGenerator random) {
        Matcher place = PLACE.matcher(FORMS.get(random.nextInt(FORMS.size())));
        StringBuilder text = new StringBuilder();
        while (place.find()) {
            String filling =
                    place.group(2) != null
                            ? word(WORDS.get(place.group(2)), random)
                            : figures(place.group(3), random);
            place.appendReplacement(text, place.group(1).isEmpty() ? filling : capital(filling));
        }
        return place.appendTail(text).toString();
    }

    /** Draws a word; the probability falls towards the end of the list. */
    private static String word(List<String> words, RandomGenerator random) {
        double u = random.nextDouble();
        return words.get((int) (words.size() * u * Math.sqrt(u)));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String figures(String kind, RandomGenerator random) {
        return switch (kind) {
            case "initial" -> String.valueOf((char) ('A' + random.nextInt(26)));
            case "day" -> Integer.toString(random.nextInt(1, 32));
            case "year" -> Integer.toString(random.nextInt(1600, 2030));
            case "count" -> Integer.toString(random.nextInt(2, 1000));
            case "price" ->
                    String.format(
                            Locale.ROOT, "%d.%02d", random.nextInt(1, 100), random.nextInt(100));
            case "time" ->
                    String.format(
                            Locale.ROOT, "%d:%02d", random.nextInt(1, 13), random.nextInt(60));
            case "year-range" -> {
                int first = random.nextInt(1600, 2000);
                yield first + "-" + (first + random.nextInt(1, 30));
            }
            default -> throw new IllegalStateException("no figures {" + kind + "}");
        };
    }
}
