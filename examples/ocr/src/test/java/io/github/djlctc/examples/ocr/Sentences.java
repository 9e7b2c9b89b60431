package io.github.djlctc.examples.ocr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Sentences put together of phrases that were written for these tests.
 *
 * <p>A text to learn from has three of four phrases only, so that every fourth of those to read is
 * new to a language model.
 */
final class Sentences {

    private static final int NEW_PHRASE = 4;

    private static final List<String> WHEN =
            List.of(
                    "昨天下午", "今天早上", "上个星期", "明年春天", "星期三晚上", "去年冬天", "本月十五日", "开会之前", "吃过午饭以后",
                    "天黑以前", "下雨的时候", "第二天清晨");
    private static final List<String> WHO =
            List.of(
                    "老王", "李医生", "我们的老师", "隔壁的邻居", "新来的工程师", "图书馆的管理员", "他的妹妹", "那位司机", "张经理",
                    "两个学生", "村里的木匠", "卖花的姑娘", "年轻的记者", "退休的船长");
    private static final List<String> WHERE =
            List.of(
                    "在火车站", "在学校门口", "在河边", "在办公室里", "在医院三楼", "在旧书店", "在北京", "在花园里", "在超市旁边",
                    "在山脚下", "在博物馆", "在码头上", "在厨房里", "在邮局对面");
    private static final List<String> WHAT =
            List.of(
                    "修好了一辆自行车",
                    "写完了一封长信",
                    "买到了两张电影票",
                    "遇见了多年不见的朋友",
                    "丢了一把蓝色的雨伞",
                    "看见了一只黑猫",
                    "借走了三本历史书",
                    "讨论了明年的计划",
                    "听到了一个好消息",
                    "等了四十分钟的公共汽车",
                    "拍了许多照片",
                    "学会了做豆腐",
                    "找到了丢失的钥匙",
                    "画了一幅风景画",
                    "卖掉了旧房子",
                    "收到了银行的通知",
                    "检查了所有的机器",
                    "记下了电话号码");
    private static final List<String> END =
            List.of(
                    "。",
                    "，非常高兴。",
                    "，然后回家了。",
                    "，可是没有告诉别人。",
                    "，大家都很惊讶。",
                    "，心里很平静。",
                    "，花了八十五元。",
                    "，觉得很值得。",
                    "，一直忙到半夜。",
                    "，还喝了一杯热茶。");

    private static final List<String> ENGLISH_WHO =
            List.of(
                    "The old captain",
                    "Our new neighbour",
                    "A tired engineer",
                    "The librarian",
                    "My youngest sister",
                    "The village baker",
                    "Doctor Hughes",
                    "A careful driver",
                    "The night watchman",
                    "Professor Lindqvist");
    private static final List<String> ENGLISH_WHAT =
            List.of(
                    "repaired the bicycle",
                    "wrote a long letter",
                    "bought two tickets",
                    "met an old friend",
                    "lost a blue umbrella",
                    "saw a black cat",
                    "borrowed three books",
                    "heard good news",
                    "waited for 45 minutes",
                    "drew a quick map",
                    "sold the house",
                    "checked every machine");
    private static final List<String> ENGLISH_WHERE =
            List.of(
                    "at the station",
                    "near the river",
                    "in the office",
                    "on the third floor",
                    "behind the museum",
                    "by the harbour",
                    "under the bridge",
                    "in front of the bank",
                    "at Queen's Square");
    private static final List<String> ENGLISH_END =
            List.of(
                    ".",
                    ", and went home.",
                    " before 10:30.",
                    " last Wednesday.",
                    " (again!).",
                    " for $25.50.",
                    " without a word.",
                    "; nobody knew why.");

    private Sentences() {}

    /** Returns different sentences of Chinese to read, always the same. */
    static List<String> chinese(int count) {
        return different(count, 1, random -> chinese(phrases -> any(phrases, random), random));
    }

    /** Returns different sentences of Chinese to learn from, none of those to read among them. */
    static List<String> chineseToLearnFrom(int count, List<String> toRead) {
        List<String> sentences =
                different(
                        count + toRead.size(),
                        2,
                        random -> chinese(phrases -> known(phrases, random), random));
        sentences.removeAll(toRead);
        return sentences.subList(0, count);
    }

    /** Returns different sentences of English, always the same. */
    static List<String> english(int count) {
        return different(
                count,
                3,
                random ->
                        String.join(
                                        " ",
                                        any(ENGLISH_WHO, random),
                                        any(ENGLISH_WHAT, random),
                                        any(ENGLISH_WHERE, random))
                                + any(ENGLISH_END, random));
    }

    private static List<String> different(
            int count, long seed, Function<SplittableRandom, String> generator) {
        SplittableRandom random = new SplittableRandom(seed);
        LinkedHashSet<String> sentences = new LinkedHashSet<>();
        while (sentences.size() < count) {
            sentences.add(generator.apply(random));
        }
        return new ArrayList<>(sentences);
    }

    private static String chinese(Function<List<String>, String> choice, SplittableRandom random) {
        String when = choice.apply(WHEN);
        String who = choice.apply(WHO);
        String rest = choice.apply(WHERE) + choice.apply(WHAT) + choice.apply(END);
        return switch (random.nextInt(3)) {
            case 0 -> when + "，" + who + rest;
            case 1 -> who + when + rest;
            default -> who + rest;
        };
    }

    private static String known(List<String> phrases, SplittableRandom random) {
        int index = random.nextInt(phrases.size());
        while (index % NEW_PHRASE == NEW_PHRASE - 1) {
            index = random.nextInt(phrases.size());
        }
        return phrases.get(index);
    }

    private static String any(List<String> phrases, SplittableRandom random) {
        return phrases.get(random.nextInt(phrases.size()));
    }
}
