package io.github.djlctc.examples.speech.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads subtitles, and fails on what the formats do not allow. */
final class SubtitleParser {

    private static final Pattern SRT_TIMES =
            Pattern.compile(
                    "(\\d\\d+):([0-5]\\d):([0-5]\\d),(\\d{3}) --> (\\d\\d+):([0-5]\\d):([0-5]\\d),(\\d{3})");

    /** "WebVTT cue timings" of https://www.w3.org/TR/webvtt1/#webvtt-cue-timings. */
    private static final Pattern VTT_TIMES =
            Pattern.compile(
                    "(\\d\\d+):([0-5]\\d):([0-5]\\d)\\.(\\d{3})[ \\t]+-->[ \\t]+(\\d\\d+):([0-5]\\d):([0-5]\\d)\\.(\\d{3})");

    private SubtitleParser() {}

    static List<Cue> srt(String file) {
        List<Cue> cues = new ArrayList<>();
        for (List<String> block : blocks(file)) {
            require(block.get(0).equals(String.valueOf(cues.size() + 1)), block.get(0));
            require(block.stream().skip(2).noneMatch(line -> line.contains("-->")), "an arrow");
            cues.add(cue(SRT_TIMES, block.get(1), block.subList(2, block.size())));
        }
        return cues;
    }

    static List<Cue> vtt(String file) {
        List<List<String>> blocks = blocks(file);
        require(blocks.get(0).equals(List.of("WEBVTT")), "the signature");
        require(blocks.get(1).get(0).equals("STYLE"), "the style");
        require(blocks.get(1).stream().noneMatch(line -> line.contains("-->")), "the style");
        List<Cue> cues = new ArrayList<>();
        for (List<String> block : blocks.subList(2, blocks.size())) {
            require(block.stream().skip(1).noneMatch(line -> line.contains("-->")), "an arrow");
            cues.add(
                    cue(
                            VTT_TIMES,
                            block.get(0),
                            block.stream().skip(1).map(SubtitleParser::cueText).toList()));
        }
        return cues;
    }

    private static List<List<String>> blocks(String file) {
        List<List<String>> blocks = new ArrayList<>();
        require(file.isEmpty() || file.endsWith("\n\n"), "the end");
        for (String block : file.split("\n\n", -1)) {
            if (!block.isEmpty()) {
                blocks.add(List.of(block.split("\n", -1)));
            }
        }
        return blocks;
    }

    /** "WebVTT cue text span", "cue class span", "HTML character reference". */
    private static String cueText(String line) {
        StringBuilder text = new StringBuilder();
        boolean inClass = false;
        Matcher part =
                Pattern.compile("<c\\.(low|medium)>|</c>|&(amp|lt|gt);|[^<>&]").matcher(line);
        int end = 0;
        while (part.find()) {
            require(part.start() == end, line);
            end = part.end();
            String found = part.group();
            if (found.startsWith("<c.")) {
                require(!inClass, line);
                inClass = true;
            } else if (found.equals("</c>")) {
                require(inClass, line);
                inClass = false;
            } else {
                text.append(
                        switch (found) {
                            case "&amp;" -> "&";
                            case "&lt;" -> "<";
                            case "&gt;" -> ">";
                            default -> found;
                        });
            }
        }
        require(end == line.length() && !inClass, line);
        return text.toString();
    }

    private static Cue cue(Pattern times, String line, List<String> text) {
        Matcher matcher = times.matcher(line);
        require(matcher.matches(), line);
        return new Cue(millis(matcher, 1), millis(matcher, 5), text);
    }

    private static long millis(Matcher matcher, int group) {
        long minutes =
                Long.parseLong(matcher.group(group)) * 60
                        + Long.parseLong(matcher.group(group + 1));
        return (minutes * 60 + Long.parseLong(matcher.group(group + 2))) * 1000
                + Long.parseLong(matcher.group(group + 3));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("not allowed: " + what);
        }
    }
}
