using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class WritingToEachOther
{
    private static readonly Actor Client = Spec.ClientActor with { Id = Some.Client };
    private static readonly ConsentNoted Text = Some.Consent with { DirectiveId = "dir-2", Scopes = [Some.Video with { Value = "text" }] };
    private static readonly WritingFacts ByClient = new(Client, "salt", SessionPolicy.Default, Some.Care(Text));
    private static readonly WritingFacts ByTherapist = ByClient with { By = Spec.Therapist };
    private static readonly string Hash = ThreadHash("Good morning");

    private static readonly ThreadOpened Opened = new(
        "thread-1", Some.Client, "ther-1", "message", "Europe/Berlin", 48, ThreadOpened.NotForEmergencies, Some.Client);

    private static readonly MessageSent Sent = new(
        Some.Client, "thread-1", "m-1", Some.Client, Roles.Client, Directions.FromClient, "message", Some.Now,
        "Europe/Berlin", Hash, ["MH"], SharingLevels.Disclosable, Some.Now.AddDays(7), "Good morning", "salt");

    private static readonly DraftSaved Draft = new(
        "thread-1", Some.Client, "m-1", Some.Client, ["MH"], "Good morning", "m-0", "p2");

    private static readonly SendMessage Send = new("thread-1", "m-1", "Good morning", ["MH"]);

    private static string ThreadHash(string text) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("salt\n" + text)));

    private static Outcome Do(SendMessage send, WritingFacts by, params object[] since) =>
        Spec.Given<AsyncThread>([Opened, .. since]).When(send, SendMessageAggregateHandler.Handle, by);

    [Fact]
    public void a_client_is_told_what_to_expect_when_a_thread_is_opened()
    {
        var open = new OpenThread("thread-1", Some.Client, "ther-1", "message", "Europe/Berlin");
        var text = Some.Consent with { DirectiveId = "dir-2", Scopes = [Some.Video with { Value = "text" }] };
        var facts = new ThreadFacts(Client, Some.Care(text), SessionPolicy.Default);
        Spec.Given<AsyncThread>().When(open, OpenThreadAggregateHandler.Handle, facts).Then(Opened);
        Spec.Given<AsyncThread>(Opened).When(open, OpenThreadAggregateHandler.Handle, facts).ThenNothing();
        Spec.Given<AsyncThread>().When(open, OpenThreadAggregateHandler.Handle, facts with { Care = Some.Care() })
            .ThenViolates("modality_consent_missing", "channel");
        Spec.Given<AsyncThread>().When(open, OpenThreadAggregateHandler.Handle, facts with { Care = null })
            .ThenViolates("consent_missing", "clientId");
    }

    [Fact]
    public void a_draft_is_its_authors_and_is_not_sent_until_its_author_says_so()
    {
        var save = new SaveDraft("thread-1", "m-1", "Good morning", ["MH"], "m-0", "p2");
        Spec.Given<AsyncThread>(Opened).When(save, SaveDraftAggregateHandler.Handle, Client).Then(Draft);
        // the other one cannot send it, and cannot take its id
        Do(new SendMessage("thread-1", "m-1"), ByTherapist, Draft).ThenViolates("draft_unknown", "messageId");
        Spec.Given<AsyncThread>(Opened, Draft).When(save, SaveDraftAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("message_exists", "messageId");
        Do(new SendMessage("thread-1", "m-1"), ByClient, Sent with { MessageId = "m-0" }, Draft)
            .Then(Sent with { InReplyTo = "m-0", InReplyToPart = "p2" });
        Spec.Given<AsyncThread>(Opened, Draft)
            .When(new DiscardDraft("thread-1", "m-1"), DiscardDraftAggregateHandler.Handle, Client)
            .Then(new DraftDiscarded("thread-1", Some.Client, "m-1"));
    }

    [Fact]
    public void a_message_is_sent_once()
    {
        Do(Send, ByClient).Then(Sent);
        Do(Send, ByClient, Sent).ThenNothing();
        Do(Send with { Text = "Another" }, ByClient, Sent).ThenViolates("message_exists", "messageId");
        Do(Send, ByTherapist, Sent).ThenViolates("message_exists", "messageId");
    }

    [Fact]
    public void a_part_of_a_message_may_be_answered_if_there_is_such_a_message()
    {
        var answer = Send with { MessageId = "m-2", InReplyTo = "m-1", InReplyToPart = "p1" };
        Do(answer, ByTherapist, Sent).Events.ShouldHaveSingleItem().ShouldBeOfType<MessageSent>()
            .InReplyToPart.ShouldBe("p1");
        Do(answer, ByTherapist).ThenViolates("message_unknown", "inReplyTo");
    }

    [Fact]
    public void only_the_two_of_a_thread_write_in_it()
    {
        Do(Send, ByClient with { By = Client with { Id = "client-2" } }).ThenViolates("not_in_thread");
        Do(Send, ByClient with { By = Spec.Therapist with { Id = "ther-2" } }).ThenViolates("not_in_thread");
        Do(Send, ByClient, new ThreadClosed("thread-1", Some.Client, "ther-1"))
            .ThenViolates("thread_closed", "threadId");
    }

    [Fact]
    public void how_far_an_item_goes_is_the_clients_to_decide()
    {
        Do(Send with { SharingLevel = SharingLevels.Private }, ByClient)
            .Then(Sent with { SharingLevel = SharingLevels.Private });
        Do(Send with { SharingLevel = SharingLevels.Private }, ByTherapist)
            .ThenViolates("not_the_author", "sharingLevel");
        var set = new SetSharingLevel("thread-1", "m-1", SharingLevels.CareTeam);
        Spec.Given<AsyncThread>(Opened, Sent).When(set, SetSharingLevelAggregateHandler.Handle, Client)
            .Then(new SharingLevelSet(Some.Client, "thread-1", "m-1", SharingLevels.CareTeam));
        Spec.Given<AsyncThread>(Opened, Sent).When(set, SetSharingLevelAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("not_the_author", "itemId");
    }

    [Fact]
    public void a_retracted_message_is_hidden_and_still_there()
    {
        var retract = new RetractMessage("thread-1", "m-1");
        var retracted = new MessageRetracted(Some.Client, "thread-1", "m-1", DisplayOnly: true);
        Spec.Given<AsyncThread>(Opened, Sent).When(retract, RetractMessageAggregateHandler.Handle, new RetractionFacts(Client, [])).Then(retracted);
        Spec.Given<AsyncThread>(Opened, Sent, retracted).When(retract, RetractMessageAggregateHandler.Handle, new RetractionFacts(Client, []))
            .ThenNothing();
        Spec.Given<AsyncThread>(Opened, Sent).When(retract, RetractMessageAggregateHandler.Handle, new RetractionFacts(Spec.Therapist, []))
            .ThenViolates("not_the_author", "messageId");
        var message = Spec.Fold<AsyncThread>(Opened, Sent, retracted)!.Message("m-1")!;
        (message.Retracted, message.Text.Value).ShouldBe((true, "Good morning"));
    }

    [Fact]
    public void silence_longer_than_was_to_be_expected_is_a_gap_until_somebody_writes()
    {
        Outcome Due(DateTimeOffset now, params object[] given) => Spec.Given<AsyncThread>([Opened, .. given])
            .When(new DetectGap("thread-1"), DetectGapAggregateHandler.Handle, Spec.Service, now);
        var gap = new ThreadGapDetected("thread-1", Some.Client, ThreadGapDetected.Supporter, Some.Now);
        var answered = Sent with
        {
            MessageId = "m-2",
            Direction = Directions.ToClient,
            SentAt = Some.Tomorrow,
            GapAt = Some.Tomorrow.AddDays(7)
        };
        Due(Sent.GapAt.AddTicks(-1), Sent).ThenNothing();
        Due(Sent.GapAt, Sent).Then(gap);
        Due(Sent.GapAt, Sent, gap).ThenNothing();
        Due(Sent.GapAt, Sent, answered).ThenNothing();
        Due(answered.GapAt, Sent, answered)
            .Then(gap with { WaitingFor = ThreadGapDetected.Client, Since = Some.Tomorrow });
        Due(Sent.GapAt).ThenNothing();
    }

    [Fact]
    public void an_entry_of_a_group_is_one_event_in_every_participants_own_stream()
    {
        var joined = new ForumJoined("group-1", "thread-1", Some.Client, "ther-1");
        var second = new ForumJoined("group-1", "thread-2", "client-2", "ther-1");
        var mine = Spec.Fold<AsyncThread>(Opened with { Channel = "forum", GroupId = "group-1" })!;
        var theirs = Spec.Fold<AsyncThread>(
            Opened with { ThreadId = "thread-2", ClientId = "client-2", Channel = "forum", GroupId = "group-1" })!;
        var gone = theirs.Apply(new ThreadClosed("thread-2", "client-2", "client-2"));
        var post = new PostToGroup("group-1", "e-1", "Good morning", []);
        var entry = new GroupEntryWritten(
            Some.Client, "thread-1", "group-1", "e-1", Some.Client, Roles.Client, Some.Client, Some.Now, Hash, [], "Good morning", "salt");
        var posted = new ForumEntryPosted("group-1", "e-1", Some.Client, Hash);
        Outcome Post(AsyncThread[] threads, Actor by, params object[] more) => Spec.Given<ForumGroup>([joined, second, .. more])
            .When(post, PostToGroupAggregateHandler.Handle, new GroupFacts(by, "salt", threads));
        Post([mine, theirs], Client).Then(
            posted,
            new ForStream("thread-thread-1", typeof(AsyncThread), entry),
            new ForStream(
                "thread-thread-2", typeof(AsyncThread), entry with { ClientId = "client-2", ThreadId = "thread-2" }));
        // staff's words are under the key of each participant
        Post([mine, theirs], Spec.Therapist).Events.OfType<ForStream>().Select(e => ((GroupEntryWritten)e.Event).WordsOf).ShouldBe([Some.Client, "client-2"]);
        Post([mine, gone], Client).Then(posted, new ForStream("thread-thread-1", typeof(AsyncThread), entry));
        Post([mine, theirs], Client, posted).ThenNothing();
        Post([mine, theirs], Client with { Id = "client-3" }).ThenViolates("not_in_group", "groupId");
        Post([mine, theirs], Spec.Therapist with { Id = "ther-9" }).ThenViolates("not_in_group", "groupId");
    }

    [Fact]
    public void in_a_group_an_entry_is_retracted_for_everybody_and_clients_do_not_learn_who_the_others_are()
    {
        var entry = new GroupEntryPosted(
            Some.Client, "thread-1", "group-1", "e-1", Some.Client, Roles.Client, Some.Now, Hash, [], "Good morning", "salt");
        var group = Opened with { Channel = "forum", GroupId = "group-1" };
        var theirs = Spec.Fold<AsyncThread>(
            group with { ThreadId = "thread-2", ClientId = "client-2" },
            entry with { ThreadId = "thread-2", ClientId = "client-2" })!;
        theirs.Apply(new GroupEntryWritten(
            "client-2", "thread-2", "group-1", "e-2", Some.Client, Roles.Client, Some.Client, Some.Now, Hash, [], "Good evening", "salt")).Message("e-2")!.Text.Value.ShouldBe("Good evening");
        // who came later has no copy
        var late = Spec.Fold<AsyncThread>(group with { ThreadId = "thread-3", ClientId = "client-3" })!;
        var mine = new MessageRetracted(Some.Client, "thread-1", "e-1", DisplayOnly: true);
        var copy = mine with { ClientId = "client-2", ThreadId = "thread-2" };
        Outcome Retract(AsyncThread[] all, params object[] more) => Spec.Given<AsyncThread>([group, entry, .. more])
            .When(new RetractMessage("thread-1", "e-1"), RetractMessageAggregateHandler.Handle, new RetractionFacts(Client, all));
        var own = Spec.Fold<AsyncThread>(group, entry)!;
        Retract([own, theirs, late]).Then(mine, new ForStream("thread-thread-2", typeof(AsyncThread), copy));
        Retract([own.Apply(mine), theirs.Apply(copy), late], mine).ThenNothing();

        var message = theirs.Message("e-1")!;
        message.AuthorFor(Client with { Id = "client-2" }).ShouldBeNull();
        message.AuthorFor(Client).ShouldBe(Some.Client);
        message.AuthorFor(Spec.Therapist).ShouldBe(Some.Client);
        (message with { AuthorId = "ther-1", AuthorRole = Roles.Therapist }).AuthorFor(Client).ShouldBe("ther-1");
    }

    [Fact]
    public void a_client_does_not_join_a_group_unasked()
    {
        var join = new OpenThread("thread-1", Some.Client, "ther-1", "forum", "Europe/Berlin", GroupId: "group-1");
        var facts = new ThreadFacts(Client, Some.Care(Text), SessionPolicy.Default);
        Spec.Given<AsyncThread>().When(join, OpenThreadAggregateHandler.Handle, facts)
            .ThenViolates("role_not_permitted", "groupId");
        Spec.Given<AsyncThread>().When(join, OpenThreadAggregateHandler.Handle, facts with { By = Spec.Ehr }).Events.Length.ShouldBe(2);
    }

    [Fact]
    public void after_the_end_of_consent_nobody_writes_on()
    {
        var over = ByClient with { Care = Some.Care() };
        foreach (var facts in new[] { over, over with { By = Spec.Therapist } })
            Spec.Given<AsyncThread>(Opened).When(Send, SendMessageAggregateHandler.Handle, facts).ThenViolates("modality_consent_missing");
        var untreated = over with { Care = Some.Care(Text, Some.Consent with { Status = ConsentNoted.Withdrawn, WithdrawnFrom = Some.Now }) };
        Spec.Given<AsyncThread>(Opened).When(Send, SendMessageAggregateHandler.Handle, untreated).ThenViolates("consent_missing");
    }

    [Fact, Trait("Scenario", "T37")]
    public void a_thread_opened_after_every_licence_ended_waits_for_somebody_else()
    {
        var open = new OpenThread("thread-1", Some.Client, "ther-1", "message", "Europe/Berlin");
        var facts = new ThreadFacts(Client, Some.Care(Text), SessionPolicy.Default);
        var lapsed = Spec.Fold<Licences>(Some.Licence, Some.Licence with { Status = LicenceNoted.Lapsed, EffectiveAt = Some.Now })!;
        Spec.Given<AsyncThread>().When(open, OpenThreadAggregateHandler.Handle, facts with { Licences = lapsed })
            .Then(Opened, new ThreadReassignmentNeeded("thread-1", Some.Client, "ther-1", "licence-ended"));
        Spec.Given<AsyncThread>().When(open, OpenThreadAggregateHandler.Handle, facts with { Licences = Spec.Fold<Licences>(Some.Licence) })
            .Then(Opened);
        Spec.Given<AsyncThread>().When(open, OpenThreadAggregateHandler.Handle, facts).Then(Opened);
    }

    [Fact]
    public void who_may_not_answer_is_replaced_by_a_supervisor()
    {
        var needed = new ThreadReassignmentNeeded("thread-1", Some.Client, "ther-1", "licence-ended");
        Spec.Given<AsyncThread>(Opened)
            .When(new FlagThread("thread-1", "licence-ended"), FlagThreadAggregateHandler.Handle, Spec.Service).Then(needed);
        var reassign = new ReassignThread("thread-1", "ther-2", "licence-ended");
        var supervisor = new Actor("sup-1", Roles.Supervisor, "north");
        Spec.Given<AsyncThread>(Opened, needed).When(reassign, ReassignThreadAggregateHandler.Handle, supervisor)
            .Then(new ThreadReassigned("thread-1", Some.Client, "ther-2", "licence-ended"));
        // or says that it stays who it was
        var same = reassign with { PractitionerId = "ther-1" };
        var stays = new ThreadReassigned("thread-1", Some.Client, "ther-1", "licence-ended");
        Spec.Given<AsyncThread>(Opened, needed).When(same, ReassignThreadAggregateHandler.Handle, supervisor).Then(stays);
        Spec.Given<AsyncThread>(Opened, needed, stays).When(same, ReassignThreadAggregateHandler.Handle, supervisor).ThenNothing();
        Spec.Given<AsyncThread>(Opened, needed).When(reassign, ReassignThreadAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("role_not_permitted");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var open = new OpenThreadValidator();
        var thread = new OpenThread("thread-1", Some.Client, "ther-1", "message", "Europe/Berlin");
        open.Validate(thread).IsValid.ShouldBeTrue();
        open.ShouldBeInvalid(thread with { Channel = "forum" }, "GroupId");
        open.ShouldBeInvalid(thread with { GroupId = "g-1" }, "GroupId");
        open.ShouldBeInvalid(thread with { ReplyWithinHours = 0 }, "ReplyWithinHours");
        open.ShouldBeInvalid(thread with { TimeZone = "Berlin!" }, "TimeZone");
        var send = new SendMessageValidator();
        send.Validate(Send).IsValid.ShouldBeTrue();
        send.ShouldBeInvalid(Send with { Text = " " }, "Text");
        send.ShouldBeInvalid(Send with { Labels = ["XX"] }, "Labels");
        send.ShouldBeInvalid(Send with { SharingLevel = "all" }, "SharingLevel");
        send.ShouldBeInvalid(Send with { InReplyToPart = "p1" }, "InReplyTo");
    }
}
