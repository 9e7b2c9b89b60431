package io.github.djlctc.examples.htr.corpus.pen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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

    /** Returns all words, with the punctuation they have, that texts can hold. */
    static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (String form : new HashSet<>(FORMS)) {
            for (String word : form.split(" ", -1)) {
                words.addAll(fillings(word));
            }
        }
        return words;
    }

    private static List<String> fillings(String word) {
        Matcher place = PLACE.matcher(word);
        if (!place.find()) {
            return List.of(word);
        }
        String before = word.substring(0, place.start());
        List<String> after = fillings(word.substring(place.end()));
        List<String> here =
                place.group(2) != null ? WORDS.get(place.group(2)) : figures(place.group(3));
        List<String> all = new ArrayList<>();
        for (String filling : here) {
            String start = before + (place.group(1).isEmpty() ? filling : capital(filling));
            after.forEach(end -> all.add(start + end));
        }
        return all;
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

    /** Returns all that {@link #figures(String, RandomGenerator)} can draw. */
    private static List<String> figures(String kind) {
        return switch (kind) {
            case "initial" -> numbers('A', 'Z' + 1).mapToObj(Character::toString).toList();
            case "day" -> numbers(1, 32).mapToObj(Integer::toString).toList();
            case "year" -> numbers(1600, 2030).mapToObj(Integer::toString).toList();
            case "count" -> numbers(2, 1000).mapToObj(Integer::toString).toList();
            case "price" -> pairs("%d.%02d", 1, 100, 100);
            case "time" -> pairs("%d:%02d", 1, 13, 60);
            case "year-range" ->
                    numbers(1600, 2000)
                            .boxed()
                            .flatMap(y -> numbers(1, 30).mapToObj(n -> y + "-" + (y + n)))
                            .toList();
            default -> throw new IllegalStateException("no figures {" + kind + "}");
        };
    }

    private static List<String> pairs(String format, int from, int to, int parts) {
        return numbers(from, to)
                .boxed()
                .flatMap(
                        n ->
                                numbers(0, parts)
                                        .mapToObj(p -> String.format(Locale.ROOT, format, n, p)))
                .toList();
    }

    private static IntStream numbers(int from, int to) {
        return IntStream.range(from, to);
    }
}
