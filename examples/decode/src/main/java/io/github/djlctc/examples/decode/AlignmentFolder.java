package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.emission.Utterance;
import io.github.djlctc.examples.common.picture.AlignmentPicture;
import io.github.djlctc.examples.common.picture.PictureFile;
import io.github.djlctc.examples.common.picture.Posteriors;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a Praat TextGrid, and maybe a picture, of each alignment. */
final class AlignmentFolder {

    /** What is drawn of each alignment. */
    enum Pictures {
        DRAWN,
        NONE
    }

    private final Path folder;
    private final Alphabet alphabet;
    private final FrameScale scale;
    private final Pictures pictures;
    private final FileNames names = new FileNames();

    AlignmentFolder(Path folder, Alphabet alphabet, FrameScale scale, Pictures pictures)
            throws IOException {
        this.folder = folder;
        this.alphabet = alphabet;
        this.scale = scale;
        this.pictures = pictures;
        OutputFileException.guard(folder, () -> Files.createDirectories(folder));
    }

    /** Returns the file for all alignments. */
    Path jsonLines() {
        return folder.resolve("alignments.jsonl");
    }

    void write(AlignedUtterance aligned) throws IOException {
        Utterance utterance = aligned.utterance();
        String name = names.name(utterance.id());
        Path grid = folder.resolve(name + ".TextGrid");
        String text = aligned.textGrid(scale).toString();
        OutputFileException.guard(grid, () -> AtomicFile.writeString(grid, text));
        if (pictures == Pictures.DRAWN) {
            AlignmentPicture picture =
                    new AlignmentPicture(
                            alphabet,
                            utterance.id(),
                            new Posteriors(
                                    utterance.emissions(), utterance.frames(), alphabet.size()),
                            aligned.alignment(),
                            scale);
            PictureFile.write(picture.draw(), folder.resolve(name + ".png"));
        }
    }
}
