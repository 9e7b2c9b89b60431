package io.github.djlctc.examples.common.report;

/**
 * The words that differ between the reports of two programs.
 *
 * @param unit what samples are called: utterances, lines
 * @param audit the command that audits data
 * @param use what to do with a trained model; %s stands for its folder
 */
public record ProgramTerms(String unit, String audit, String use) {}
