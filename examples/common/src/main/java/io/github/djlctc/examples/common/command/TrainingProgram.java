package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.report.ProgramTerms;

import picocli.CommandLine;

/** A program that trains and evaluates a model: the parent of its commands. */
public interface TrainingProgram {

    /**
     * Returns the words of the program's reports.
     *
     * @return its terms
     */
    ProgramTerms terms();

    /**
     * Creates a command line of the program, for the options that a run was started with.
     *
     * @return a command line that has not parsed anything
     */
    CommandLine newCommandLine();
}
