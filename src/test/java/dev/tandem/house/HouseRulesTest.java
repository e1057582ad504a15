package dev.tandem.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.tandem.domain.Aggregate;
import dev.tandem.house.bad.annex.OneRoomTooMany;
import dev.tandem.house.bad.api.ForgetsWhatItDid;
import dev.tandem.house.bad.api.SkipsTheUseCases;
import dev.tandem.house.bad.database.entity.KnowsTheDomain;
import dev.tandem.house.bad.domain.KnowsMutiny;
import dev.tandem.house.bad.domain.ReadsTheClock;
import dev.tandem.house.bad.domain.ThrowsDice;
import dev.tandem.house.bad.embedding.AsksTheIndex;
import dev.tandem.house.bad.factory.LetterFactory;
import dev.tandem.house.bad.factory.OpensASession;
import dev.tandem.house.bad.index.AsksTheEmbedding;
import dev.tandem.house.bad.index.AsksTheEngine;
import dev.tandem.house.bad.repository.AnswersAtOnce;
import dev.tandem.house.bad.repository.FindsByEverything;
import dev.tandem.house.bad.repository.JoinsTwoReads;
import dev.tandem.house.bad.repository.LetsRowsOut;
import dev.tandem.house.bad.repository.MergesReads;
import dev.tandem.house.bad.service.AbstractThing;
import dev.tandem.house.bad.service.AsksForEverything;
import dev.tandem.house.bad.service.AsksLucene;
import dev.tandem.house.bad.service.BuildsADocument;
import dev.tandem.house.bad.service.BuildsAParcel;
import dev.tandem.house.bad.service.DocumentDto;
import dev.tandem.house.bad.service.HoldsARow;
import dev.tandem.house.bad.service.HoldsThePool;
import dev.tandem.house.bad.service.IDocument;
import dev.tandem.house.bad.service.MarksATransaction;
import dev.tandem.house.bad.service.ReadsPastTheScope;
import dev.tandem.house.bad.service.StrayRepository;
import dev.tandem.house.bad.service.ThingImpl;
import dev.tandem.house.bad.sync.AwaitsAUni;
import dev.tandem.house.bad.sync.Sleeps;
import dev.tandem.house.bad.sync.WaitsForAnother;
import dev.tandem.house.bad.util.HasNoRoom;
import dev.tandem.house.bad.work.KnowsTheWiring;
import dev.tandem.index.IndexContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code follows the house rules, and each rule catches a class that breaks it. */
class HouseRulesTest {

    private static final HouseRules HOUSE = new HouseRules("dev.tandem");
    private static final HouseRules BAD_HOUSE = new HouseRules("dev.tandem.house.bad");

    private static final JavaClasses CODE =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests())).importPackages(HOUSE.root());
    private static final JavaClasses BAD_CODE = new ClassFileImporter().importPackages(BAD_HOUSE.root());

    private static final Shelves MAIN = new Shelves(Path.of("src/main/java/dev/tandem"));

    @TempDir
    Path scratch;

    private static final Pattern BAD_CLASS = Pattern.compile("dev\\.tandem\\.house\\.bad\\.[a-z.]+\\.[A-Z]\\w*");

    private static final Map<String, String> MAY_WAIT = Map.of(
            "dev.tandem.sync.Loop.stop", "at shutdown, for the present round, bounded",
            "dev.tandem.sync.JobRunner.stop", "at shutdown, for the present steps, bounded",
            "dev.tandem.sync.CatchUps.stop", "at shutdown, for the indexes on their way, bounded",
            "dev.tandem.work.WorkerPool.close", "at shutdown, for running work, bounded",
            "dev.tandem.index.lucene.store.Generation.awaitClosed", "at shutdown, for the index to be closed, bounded",
            "dev.tandem.index.lucene.merge.CourteousMerge.giveWay",
                    "on the merge's own thread, for other work, bounded");

    @Test
    void dependenciesPointInward() {
        keeps(HouseRules::dependenciesPointInward);
        bites(
                HouseRules::dependenciesPointInward,
                SkipsTheUseCases.class,
                AsksTheIndex.class,
                AsksTheEmbedding.class,
                HoldsARow.class,
                KnowsTheDomain.class,
                KnowsTheWiring.class,
                HasNoRoom.class,
                OneRoomTooMany.class);
    }

    @Test
    void domainIsJava() {
        keeps(HouseRules::domainIsJava);
        bites(HouseRules::domainIsJava, KnowsMutiny.class);
    }

    @Test
    void domainHasNoClockAndNoDice() {
        keeps(HouseRules::domainHasNoClockAndNoDice);
        bites(HouseRules::domainHasNoClockAndNoDice, ReadsTheClock.class, ThrowsDice.class);
    }

    @Test
    void onlyTheseReadPastAScope() {
        keeps(HouseRules::onlyTheseReadPastAScope);
        bites(HouseRules::onlyTheseReadPastAScope, ReadsPastTheScope.class);
    }

    @Test
    void sessionsAreOpenedInOneRoom() {
        keeps(HouseRules::sessionsAreOpenedInOneRoom);
        bites(HouseRules::sessionsAreOpenedInOneRoom, OpensASession.class, MarksATransaction.class, HoldsThePool.class);
    }

    @Test
    void repositoriesSpeakTheDomain() {
        keeps(HouseRules::repositoriesSpeakTheDomain);
        bites(HouseRules::repositoriesSpeakTheDomain, AnswersAtOnce.class, LetsRowsOut.class);
    }

    @Test
    void aggregatesComeFromTheirDoors() {
        keeps(HouseRules::aggregatesComeFromTheirDoors);
        bites(HouseRules::aggregatesComeFromTheirDoors, BuildsADocument.class, BuildsAParcel.class);
    }

    @Test
    void whatHasAFactoryIsAnAggregate() {
        keeps(HouseRules::whatHasAFactoryIsAnAggregate);
        bites(HouseRules::whatHasAFactoryIsAnAggregate, LetterFactory.class);
        assertThat(CODE.stream().filter(type -> type.isAnnotatedWith(Aggregate.class)))
                .extracting(JavaClass::getSimpleName)
                .contains("Collection", "Document", "Job");
    }

    @Test
    void nobodyWaits() {
        Blocking blocking = new Blocking(MAY_WAIT);
        keeps(house -> house.nobodyWaits(blocking));
        assertThat(blocking.stale()).as("exceptions that nothing needs").isEmpty();
        bites(
                house -> house.nobodyWaits(new Blocking(MAY_WAIT)),
                AwaitsAUni.class,
                Sleeps.class,
                WaitsForAnother.class);
        Blocking unneeded = new Blocking(Map.of("dev.tandem.Nothing.waits", "no reason"));
        assertThat(unneeded.stale()).containsExactly("dev.tandem.Nothing.waits");
    }

    @Test
    void oneSessionOneChain() {
        keeps(HouseRules::oneSessionOneChain);
        bites(HouseRules::oneSessionOneChain, JoinsTwoReads.class, MergesReads.class);
    }

    @Test
    void oneEngineOneFolder() {
        keeps(HouseRules::oneEngineOneFolder);
        bites(HouseRules::oneEngineOneFolder, AsksTheEngine.class, AsksLucene.class);
    }

    /** A contract that named an engine would be one for this engine. */
    @Test
    void contractsNameNoEngine() {
        JavaClasses contracts = new ClassFileImporter(Set.of(new ImportOption.OnlyIncludeTests()))
                .importPackages(HOUSE.root() + ".index")
                .that(resideInAPackage(HOUSE.root() + ".index"));
        assertThat(contracts.contain(IndexContract.class)).isTrue();
        HOUSE.oneEngineOneFolder().check(contracts);
    }

    @Test
    void noCircles() {
        keeps(HouseRules::noCircles);
        bites(HouseRules::noCircles, AsksTheIndex.class, AsksTheEmbedding.class);
    }

    @Test
    void packagesHaveTellingNames() {
        keeps(HouseRules::packagesHaveTellingNames);
        bites(HouseRules::packagesHaveTellingNames, HasNoRoom.class);
    }

    @Test
    void thereAreTwelveRoomsAtMost() {
        assertThat(HouseRules.rooms(CODE, HOUSE.root()))
                .hasSizeLessThanOrEqualTo(HouseRules.MOST_ROOMS)
                .contains("domain", "init");
        assertThat(HouseRules.rooms(BAD_CODE, BAD_HOUSE.root())).hasSizeGreaterThan(HouseRules.MOST_ROOMS);
    }

    @Test
    void classesHaveTellingNames() {
        keeps(HouseRules::classesHaveTellingNames);
        bites(
                HouseRules::classesHaveTellingNames,
                ThingImpl.class,
                AbstractThing.class,
                DocumentDto.class,
                IDocument.class);
    }

    @Test
    void kindsLiveInTheirRooms() {
        keeps(HouseRules::kindsLiveInTheirRooms);
        bites(HouseRules::kindsLiveInTheirRooms, StrayRepository.class);
    }

    @Test
    void constructorsAreShort() {
        keeps(HouseRules::constructorsAreShort);
        bites(HouseRules::constructorsAreShort, AsksForEverything.class);
    }

    @Test
    void queriesHaveTellingNames() {
        keeps(HouseRules::queriesHaveTellingNames);
        bites(HouseRules::queriesHaveTellingNames, FindsByEverything.class);
    }

    @Test
    void postsAreDoneOnce() {
        keeps(HouseRules::postsAreDoneOnce);
        bites(HouseRules::postsAreDoneOnce, ForgetsWhatItDid.class);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(PackageInfos.missing(Path.of("src/main/java"))).isEmpty();
        assertThat(PackageInfos.missing(Path.of("src/test/java/dev/tandem/house/bad")))
                .contains(Path.of("src/test/java/dev/tandem/house/bad/util"));
    }

    @Test
    void filesAreShort() {
        assertThat(MAIN.longFiles()).isEmpty();
        assertThat(new Shelves(tooMuch("Short.java", "\n".repeat(Shelves.MOST_LINES))).longFiles())
                .isEmpty();
        assertThat(new Shelves(tooMuch("Long.java", "\n".repeat(Shelves.MOST_LINES + 1))).longFiles())
                .containsOnlyKeys("search/Long.java");
    }

    @Test
    void foldersAreSmall() {
        assertThat(MAIN.fullFolders()).isEmpty();
        Path folder = tooMuch("package-info.java", "");
        for (int n = 1; n <= Shelves.MOST_FILES; n++) {
            tooMuch("Class" + n + ".java", "");
        }
        assertThat(new Shelves(folder).fullFolders()).isEmpty();
        tooMuch("OneTooMany.java", "");
        assertThat(new Shelves(folder).fullFolders()).containsOnlyKeys("search");
    }

    @Test
    void foldersHaveOneWordForOneThing() {
        assertThat(MAIN.foldersOfOtherWords()).isEmpty();
        assertThat(new Shelves(Path.of("src/test/java/dev/tandem/house/bad")).foldersOfOtherWords())
                .contains("annex", "util");
    }

    @Test
    void aModelGivesItsNameToFolders() throws IOException {
        Path domain = Files.createDirectories(scratch.resolve("domain/parcel"));
        Files.writeString(domain.resolve("Parcel.java"), "@Aggregate\npublic record Parcel(int weight) {}");
        Files.writeString(
                Files.createDirectories(scratch.resolve("domain/letter")).resolve("Letter.java"),
                "public record Letter(int weight) {}");
        Files.writeString(
                Files.createDirectories(scratch.resolve("service/parcel")).resolve("ParcelService.java"), "");
        assertThat(new Shelves(scratch).models()).containsExactly("parcel");
        assertThat(new Shelves(scratch).foldersOfOtherWords()).containsExactly("domain/letter");
    }

    /** A file on the shelf of the search. */
    private Path tooMuch(String file, String text) {
        try {
            Files.writeString(Files.createDirectories(scratch.resolve("search")).resolve(file), text);
            return scratch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keeps(Function<HouseRules, ArchRule> rule) {
        rule.apply(HOUSE).check(CODE);
    }

    /** That the rule finds exactly these of the bad classes. */
    private static void bites(Function<HouseRules, ArchRule> rule, Class<?>... breakers) {
        String report = String.join(
                "\n",
                rule.apply(BAD_HOUSE).evaluate(BAD_CODE).getFailureReport().getDetails());
        Set<String> found = new TreeSet<>();
        // The class that breaks the rule comes first in the line.
        for (String line : report.split("\n")) {
            Matcher name = BAD_CLASS.matcher(line);
            if (name.find()) {
                found.add(name.group());
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(breakers).map(Class::getName).toList());
    }
}
