package io.github.djlctc.examples.speech.corpus.synthetic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The sentences that the synthetic speakers say: commands to a house and to a phone, of 2 to 8
 * words.
 *
 * <p>A context-free grammar without recursion. Names in lower case are rules, words in upper case
 * are spoken; the alternatives of a rule are equally likely, so one that stands twice is twice as
 * likely. Words that sound alike (TO and TWO, FOR and FOUR, letters and words) stay apart by their
 * places in the sentence.
 */
final class CommandGrammar {

    private static final String RULES =
            """
            command = house | clock | call | spell | file | media | steps | page | number
            house = TURN switch THE room device | TURN THE room device switch
            house = TURN switch THE room device AT hour minutes
            house = SET THE room HEATER TO TWENTY hour | SET THE room VOLUME TO amount
            clock = SET ALARM FOR hour minutes | SET ALARM FOR hour minutes day
            clock = SET TIMER FOR amount unit
            call = CALL NUMBER digits | CALL NUMBER digits | CALL name NOW
            call = CALL name day AT hour minutes | SEND MESSAGE letter digit TO name
            spell = SPELL letters
            file = action FILE letter digit | action FILE letter letter digit digit
            media = PLAY THE order SONG | PLAY THE order SONG IN THE room
            media = PLAY SONG NUMBER amount
            steps = GO direction amount STEPS
            page = GO TO PAGE amount | GO TO PAGE digit digit digit
            number = digit digit | digits | digits | digits digit digit
            switch = ON | OFF
            room = KITCHEN | BEDROOM | BATHROOM | GARAGE | OFFICE | GARDEN
            device = LIGHT | HEATER | FAN | RADIO
            hour = ONE | TWO | THREE | FOUR | FIVE | SIX | SEVEN | EIGHT | NINE
            minutes = FIFTEEN | TWENTY | THIRTY | FORTY
            day = TODAY | TOMORROW | ON MONDAY | ON FRIDAY
            unit = MINUTES | SECONDS
            amount = hour | TWENTY hour | THIRTY hour | FORTY hour
            name = ANNA | DAVID | MARIA | PETER
            action = OPEN | COPY | SAVE | DELETE | PRINT
            order = FIRST | NEXT | LAST
            direction = LEFT | RIGHT | UP | DOWN
            digits = digit digit digit | digit digit digit digit
            digits = digit digit digit digit digit | digit digit digit digit digit digit
            letters = letter letter | letter letter letter | letter letter letter letter
            letters = letter letter letter letter letter
            digit = ZERO | ONE | TWO | THREE | FOUR | FIVE | SIX | SEVEN | EIGHT | NINE
            letter = A | B | C | D | E | F | G | H | I | J | K | L | M
            letter = N | O | P | Q | R | S | T | U | V | W | X | Y | Z""";

    private static final Map<String, List<List<String>>> ALTERNATIVES = parse(RULES);

    private CommandGrammar() {}

    /** Draws a sentence: upper-case words with single spaces between them. */
    static String sentence(RandomGenerator random) {
        List<String> words = new ArrayList<>();
        expand("command", random, words);
        return String.join(" ", words);
    }

    /** Returns every word that a rule, or a rule that it uses, can produce. */
    static Set<String> words(String rule) {
        Set<String> words = new TreeSet<>();
        collect(rule, words);
        return words;
    }

    private static void expand(String symbol, RandomGenerator random, List<String> words) {
        List<List<String>> alternatives = ALTERNATIVES.get(symbol);
        if (alternatives == null) {
            words.add(symbol);
            return;
        }
        for (String part : alternatives.get(random.nextInt(alternatives.size()))) {
            expand(part, random, words);
        }
    }

    private static void collect(String symbol, Set<String> words) {
        List<List<String>> alternatives = ALTERNATIVES.get(symbol);
        if (alternatives == null) {
            words.add(symbol);
            return;
        }
        for (List<String> alternative : alternatives) {
            alternative.forEach(part -> collect(part, words));
        }
    }

    private static Map<String, List<List<String>>> parse(String rules) {
        Map<String, List<List<String>>> alternatives = new HashMap<>();
        for (String line : rules.split("\n", -1)) {
            String[] rule = line.split(" = ", 2);
            List<List<String>> known =
                    alternatives.computeIfAbsent(rule[0], name -> new ArrayList<>());
            for (String alternative : rule[1].split(" \\| ", -1)) {
                known.add(List.of(alternative.split(" ", -1)));
            }
        }
        return alternatives;
    }
}
