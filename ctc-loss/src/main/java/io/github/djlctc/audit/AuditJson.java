package io.github.djlctc.audit;

import io.github.djlctc.audit.LabelAuditReport.CharacterCount;
import io.github.djlctc.audit.LabelAuditReport.Distribution;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** A {@link LabelAuditReport} for programs. */
final class AuditJson {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private AuditJson() {}

    static String of(LabelAuditReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("verdict", report.verdict().name());
        json.addProperty("samples", report.samples());
        json.addProperty("usable", report.usable());
        json.addProperty("classes", report.classes());
        json.addProperty("blank", report.blank());
        JsonArray findings = new JsonArray();
        report.findings().forEach(finding -> findings.add(finding(finding)));
        json.add("findings", findings);
        JsonArray characters = new JsonArray();
        report.unknownCharacters().forEach(character -> characters.add(character(character)));
        json.add("unknownCharacters", characters);
        json.add(
                "frameRatio",
                GSON.toJsonTree(report.frameRatio().orElse(null), Distribution.class));
        json.add(
                "framesPerLabel",
                GSON.toJsonTree(report.framesPerLabel().orElse(null), Distribution.class));
        json.add(
                "batchMebibytes",
                GSON.toJsonTree(report.batchMebibytes().orElse(null), Distribution.class));
        return GSON.toJson(json);
    }

    private static JsonObject finding(AuditFinding finding) {
        JsonObject json = GSON.toJsonTree(finding).getAsJsonObject();
        json.addProperty("severity", finding.kind().severity().name());
        return json;
    }

    private static JsonObject character(CharacterCount count) {
        JsonObject json = GSON.toJsonTree(count).getAsJsonObject();
        json.addProperty("character", Character.toString(count.codePoint()));
        return json;
    }
}
