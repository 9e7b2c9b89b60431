package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.synthetic.SpokenSentences;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser, whose microphone plays a file. */
class SpeechPageTest {

    private static final Path PICTURES = Path.of("target", "page");
    private static final String[] SENTENCES = {
        "TURN ON THE KITCHEN LIGHT",
        "SET TIMER FOR TWENTY FIVE MINUTES",
        "CALL MARIA TOMORROW AT NINE FIFTEEN",
        "PLAY THE NEXT SONG IN THE GARDEN"
    };

    @TempDir private static Path folder;
    private static Chromium browser;
    private static SpeechServer server;

    @BeforeAll
    static void start() throws Exception {
        Path sound = folder.resolve("microphone.wav");
        WaveFile.write(SpokenSentences.speak(0.6, SENTENCES), sound);
        browser = Chromium.hearing(sound, folder);
        server = start(new ScriptedModel(0.25, SENTENCES), Optional.empty());
    }

    private static SpeechServer start(ScriptedModel model, Optional<String> token)
            throws IOException {
        return model.serve(ServerLimits.DEFAULT, token);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    private static void open(SpeechServer opened) throws Exception {
        browser.resize(1280, 800, false);
        browser.scheme("light");
        browser.open("http://localhost:" + opened.port() + "/");
        browser.forgetComplaints();
    }

    private static void click(String id) throws Exception {
        browser.evaluate("document.getElementById('" + id + "').click()");
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').innerText");
    }

    private static void awaitVisible(String id) throws Exception {
        browser.await("!document.getElementById('" + id + "').hidden");
    }

    @Test
    void showsWhatIsSaid() throws Exception {
        open(server);
        click("record");
        browser.await("document.querySelectorAll('#sentences li').length >= 3");
        browser.evaluate("document.querySelector('#sentences .unsure').focus()");
        browser.await("document.getElementById('guess').textContent !== ''");
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (int width : List.of(1280, 390)) {
                browser.resize(width, width == 390 ? 844 : 720, width == 390);
                browser.evaluate("new Promise(done => setTimeout(done, 1500))");
                browser.screenshot(PICTURES.resolve("%s-%d.png".formatted(scheme, width)));
                assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo("true");
            }
        }
        click("record");
        browser.await("document.getElementById('live').hidden");

        assertThat(text("#sentences li")).contains(SENTENCES[0].split(" ", -1));
        assertThat(browser.evaluate("document.querySelector('#said p').textContent"))
                .isEqualTo(SENTENCES[0]);
        assertThat(browser.evaluate("document.querySelector('#clock').value")).isNotEqualTo("0:00");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void beginsOneRecordingHoweverFastTheButtonIsClicked() throws Exception {
        ScriptedModel model = new ScriptedModel(0.25, SENTENCES);
        try (SpeechServer own = start(model, Optional.empty())) {
            open(own);
            browser.evaluate("document.getElementById('record').focus()");
            browser.evaluate("[1, 2].forEach(() => document.getElementById('record').click())");
            browser.await("document.querySelectorAll('#sentences li').length >= 1");

            assertThat(model.openStreams()).isEqualTo(1);
            assertThat(browser.evaluate("document.activeElement.id"))
                    .as("so that the space bar ends it too")
                    .isEqualTo("record");
            click("record");
            browser.await("document.getElementById('state').dataset.state === 'ready'");
            assertThat(model.openStreams()).isZero();
        }
    }

    @Test
    void tellsTimeAndConfidenceOfAWordByTheKeyboard() throws Exception {
        open(server);
        drop(wav());
        browser.await("document.querySelectorAll('#sentences .word').length >= 8");
        browser.evaluate("document.querySelector('#sentences .word').focus()");
        browser.press("ArrowRight", 39);
        browser.press("ArrowRight", 39);
        browser.press("ArrowLeft", 37);

        assertThat(text("#word")).isEqualTo("ON · 0.25 to 0.45 s · confidence 97 %");
        assertThat(browser.evaluate("document.querySelectorAll('.word[tabindex=\"0\"]').length"))
                .isEqualTo("1");
    }

    private static byte[] wav() throws IOException {
        Path file = folder.resolve("dropped.wav");
        WaveFile.write(new Waveform(new float[30_000], 8000), file);
        return Files.readAllBytes(file);
    }

    /** Drops a file on the page. */
    private static void drop(byte[] content) throws Exception {
        browser.evaluate(
                """
                (() => {
                  const bytes = Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0));
                  const dataTransfer = new DataTransfer();
                  dataTransfer.items.add(new File([bytes], "<b>a</b>.wav"));
                  document.body.dispatchEvent(new DragEvent(
                      "drop", {dataTransfer, bubbles: true, cancelable: true}));
                })()
                """
                        .formatted(Base64.getEncoder().encodeToString(content)));
    }

    @Test
    void transcribesAFileThatIsDroppedAndKeepsItAsSubtitles() throws Exception {
        open(server);
        browser.evaluate(
                """
                (() => {
                  window.saved = [];
                  URL.createObjectURL = (blob) => {
                    window.saved.push(blob);
                    return "data:,";
                  };
                  HTMLAnchorElement.prototype.click = () => {};
                })()
                """);
        browser.evaluate("document.getElementById('hotwords').value = 'GARAGE'");
        drop(wav());
        browser.await("document.querySelectorAll('#sentences li').length === 3");
        click("save-srt");
        browser.await("window.saved.length === 1");
        click("save-text");

        assertThat(browser.evaluate("document.getElementById('said').textContent"))
                .contains("GARAGE");
        assertThat(browser.evaluate("window.saved[0].text()"))
                .startsWith("1\n00:00:00,000 --> ")
                .contains("TURN ON THE KITCHEN");
        assertThat(browser.evaluate("window.saved[1].text()")).startsWith("TURN ON THE KITCHEN");
    }

    @Test
    void saysWhyAFileIsNotTranscribed() throws Exception {
        open(server);
        drop("no sound".getBytes(StandardCharsets.US_ASCII));
        awaitVisible("problem");

        assertThat(text("#problem-text")).startsWith("<b>a</b>.wav: not a supported audio file");
        assertThat(browser.evaluate("document.querySelectorAll('b').length")).isEqualTo("0");
    }

    @Test
    void saysWhyTheMicrophoneCannotBeUsed() throws Exception {
        open(server);
        browser.evaluate(
                "navigator.mediaDevices.getUserMedia = () => Promise.reject(new"
                        + " DOMException('x', 'NotAllowedError'))");
        click("record");
        awaitVisible("problem");

        assertThat(text("#problem-text")).startsWith("The microphone was not allowed.");
        assertThat(text("#record-text")).isEqualTo("Start");
    }

    @Test
    void asksForTheToken() throws Exception {
        String token = "a-token-of-this-test";
        try (SpeechServer guarded = start(new ScriptedModel(0.2, SENTENCES), Optional.of(token))) {
            open(guarded);
            click("record");
            browser.await("document.getElementById('token-dialog').open");
            give("wrong");
            browser.await("document.getElementById('token-problem').textContent !== ''");
            assertThat(text("#token-problem")).isEqualTo("That was not the token.");
            give(token);
            browser.await("document.querySelectorAll('#sentences li').length >= 1");
            click("record");
            assertThat(browser.evaluate("location.href")).doesNotContain(token);
        }
    }

    private static void give(String token) throws Exception {
        browser.evaluate("document.getElementById('token').value = '" + token + "'");
        browser.evaluate("document.getElementById('token-form').requestSubmit()");
    }

    @Test
    void offersToReconnectWhenTheServerIsGone() throws Exception {
        SpeechServer stopped = start(new ScriptedModel(0.2, SENTENCES), Optional.empty());
        open(stopped);
        click("record");
        browser.await("document.getElementById('guess').textContent !== ''");
        stopped.close();
        awaitVisible("problem");
        click("record");
        browser.await("document.getElementById('problem-text').innerText.includes('reached')");

        assertThat(browser.evaluate("document.getElementById('problem-retry').hidden"))
                .isEqualTo("false");
        assertThat(text("#state-text")).isEqualTo("No server");
        assertThat(browser.evaluate("document.querySelectorAll('#sentences li').length >= 1"))
                .isEqualTo("true");
    }

    @Test
    void saysThatThereAreTooManyHotwords() throws Exception {
        open(server);
        browser.evaluate(
                "document.getElementById('hotwords').value = Array.from({length: 51}, (_, i) => 'W'"
                        + " + i).join('\\n')");
        browser.evaluate("document.getElementById('hotwords').dispatchEvent(new Event('input'))");
        click("record");

        assertThat(browser.evaluate("document.getElementById('hotwords').validationMessage"))
                .isEqualTo("At most 50 lines.");
        assertThat(browser.evaluate("document.getElementById('hotword-details').open"))
                .isEqualTo("true");
    }

    @Test
    void startsAgainOnlyWhenTheLastSentenceHasCome() throws Exception {
        open(server);
        click("record");
        browser.await("document.getElementById('guess').textContent !== ''");
        click("record");
        assertThat(browser.evaluate("document.getElementById('record').disabled"))
                .isEqualTo("true");
        browser.await("!document.getElementById('record').disabled");
        click("record");
        browser.await("document.getElementById('guess').textContent !== ''");

        assertThat(text("#record-text")).isEqualTo("Stop");
        click("record");
        browser.await("!document.getElementById('record').disabled");
        assertThat(browser.evaluate("document.getElementById('problem').hidden")).isEqualTo("true");
    }

    @Test
    void saysNothingOfAStopBeforeTheStart() throws Exception {
        open(server);
        click("record");
        browser.await("document.getElementById('record-text').innerText === 'Stop'");
        click("record");
        browser.await("!document.getElementById('record').disabled");
        browser.evaluate("new Promise(done => setTimeout(done, 500))");

        assertThat(text("#record-text")).isEqualTo("Start");
        assertThat(browser.evaluate("document.getElementById('problem').hidden")).isEqualTo("true");
        assertThat(browser.complaints()).isEmpty();
    }
}
