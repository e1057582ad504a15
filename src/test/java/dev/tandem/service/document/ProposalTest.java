package dev.tandem.service.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.service.document.JudgedWrites.Proposal;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProposalTest {

    private final Random random = new Random();
    private final Collection owner = new CollectionSamples(random).next();
    private final Document document = new DocumentSamples(random).next(owner.id());

    @Test
    void restsOnTheVersionsOfCollectionAndDocument() {
        Proposal proposal = proposal(owner, document);
        assertThat(proposal.restsOnTheSameAs(proposal(owner, document))).isTrue();
        assertThat(proposal.restsOnTheSameAs(proposal(owner, document.replacedBy(document))))
                .isFalse();
        assertThat(proposal.restsOnTheSameAs(proposal(owner, null))).isFalse();
        assertThat(proposal(owner, null).restsOnTheSameAs(proposal)).isFalse();
        assertThat(proposal(owner, null).restsOnTheSameAs(proposal(owner, null)))
                .isTrue();
        assertThat(proposal.restsOnTheSameAs(new Proposal(owner, document, true, proposal.draft())))
                .isFalse();
        Collection changed = owner.changedTo("changed", owner.settings(), owner.updatedAt());
        assertThat(proposal.restsOnTheSameAs(proposal(changed, document))).isFalse();
    }

    /** Otherwise embedding a document would make its changes be checked twice. */
    @Test
    void whetherVectorsAreMadeIsNoMatter() {
        assertThat(proposal(owner, document.embeddedAt(owner.searched(), null))
                        .restsOnTheSameAs(proposal(owner, document.embeddedAt(owner.searched(), document.version()))))
                .isTrue();
    }

    @Test
    void judgingHasAnEnd() {
        JudgingDeadline.fromNow().check();
        assertThatThrownBy(() -> new JudgingDeadline(System.nanoTime() - 1).check())
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(Refusal.Unavailable.TIMEOUT));
    }

    private static Proposal proposal(Collection owner, @Nullable Document base) {
        DocumentDraft draft = new DocumentDraft("key", "title", null, null, null);
        return new Proposal(owner, base, false, draft);
    }
}
