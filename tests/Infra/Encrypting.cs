using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Npgsql;

namespace Clinic.Tests.Infra;

[Subject("personId")]
public sealed record NoteTaken(string PersonId, string Kind, Personal<string> Text, Personal<int?[]>? Answers = null);

public sealed record NoteFiled(string PersonId);

/// <summary>What people said; folding looks at no text.</summary>
public sealed record Notebook(string Id, IReadOnlyList<NoteTaken> Notes, bool Filed = false)
{
    public long Version { get; init; }

    public static Notebook Create(NoteTaken e) => new("notes", [e]);

    public Notebook Apply(NoteTaken e) => this with { Notes = [.. Notes, e] };

    public Notebook Apply(NoteFiled e) => this with { Filed = true };
}

public class Encrypting(Stack stack) : IAsyncLifetime
{
    private const string Said = "Quittenbrot was said";
    private Probe probe = null!;
    private Vault vault = null!;

    public async ValueTask InitializeAsync() => (probe, vault) = (await Probe.On(stack, Scripts), await Vault.New(stack));

    protected virtual SchemaScript[] Scripts => [];

    protected virtual IEventStore Engine(Probe on, EventTypes types) => new EventStore(on.Database, types, Probe.Seal, on.Signals);

    [Fact]
    public async Task a_personal_member_is_stored_encrypted_and_read_as_it_was()
    {
        var store = Store(vault.Open());
        await Take(store, "n1", 0, new NoteTaken("p1", "call", Said, new int?[] { 1, null, 3 }));
        var data = JsonNode.Parse(await probe.Test.Value<string>("select data::text from mt_events"))!;
        data["kind"]!.GetValue<string>().ShouldBe("call");
        data["text"]!.GetValue<string>().ShouldStartWith("~enc1.");
        data["answers"]!.GetValue<string>().ShouldStartWith("~enc1.");
        // another process, nothing in memory
        foreach (var options in new[] { default, new LoadOptions(Verified: true) })
        {
            var note = (await Store(vault.Open()).Load<Notebook>(Probe.North, "n1", options)).State!.Notes.Single();
            note.Text.Value.ShouldBe(Said);
            note.Answers!.Value.ShouldBe([1, null, 3]);
        }
    }

    [Fact]
    public async Task an_event_of_before_encryption_is_still_read()
    {
        var store = Store(vault.Open());
        await Take(store, "n1", 0, new NoteTaken("p1", "call", "x"));
        await Rewrite("""{"personId":"p1","kind":"call","text":"from before"}""", "n1");
        (await Store(vault.Open()).Load<Notebook>(Probe.North, "n1")).State!.Notes.Single().Text.Value.ShouldBe("from before");
    }

    [Fact]
    public async Task yes_and_no_are_not_told_apart_by_their_length()
    {
        var store = Store(vault.Open());
        await Take(store, "n1", 0, new NoteTaken("p1", "call", "yes"), new NoteTaken("p1", "call", "no"));
        (await probe.Test.Column<int>("select length(data ->> 'text') from mt_events")).Distinct().ShouldHaveSingleItem();
    }

    [Theory, Trait("Abuse", "69")]
    [InlineData("another event", "update mt_events e set data = jsonb_set(e.data, '{text}', o.data -> 'text') from mt_events o where (e.version, o.version) = (1, 2)")]
    [InlineData("another member", "update mt_events set data = jsonb_set(data, '{answers}', data -> 'text') where version = 1")]
    [InlineData("a changed byte", "update mt_events set data = jsonb_set(data, '{text}', to_jsonb(overlay(data ->> 'text' placing 'AAAA' from 60))) where version = 1")]
    public async Task a_ciphertext_opens_only_where_it_was_written(string moved, string sql)
    {
        var store = Store(vault.Open());
        await Take(store, "n1", 0, new NoteTaken("p1", "call", Said), new NoteTaken("p1", "call", "something else"));
        await probe.Test.AsSuperuser($"alter table mt_events disable trigger append_only; {sql}");
        // also where seals are not looked at
        (await Should.ThrowAsync<IntegrityException>(() => Store(vault.Open()).Load<Notebook>(Probe.North, "n1"), moved)).Message.ShouldContain("was not encrypted for this place");
    }

    [Fact]
    public async Task a_copy_in_a_view_opens_with_its_event_and_its_subject_only()
    {
        await probe.Start(probe.NewSequencer());
        var keys = vault.Open();
        var store = Store(keys);
        await Take(store, "n1", 0, new NoteTaken("p1", "call", Said));
        await probe.LogHas(1);
        await using var connection = await probe.Database.Worker.OpenConnectionAsync();
        var logged = (await LogReader.After(connection, Types(null), -1, 10, CancellationToken.None)).Single();
        var copy = ((NoteTaken)logged.Event.Data).Text.Copy();
        copy.ShouldNotContain("Quitten");
        var place = new FieldPlace(Probe.North, "n1", logged.Event.Id, "text");
        (await keys.Fields.Read<string>(copy, place, "person:p1")).ShouldBe(Said);
        await Should.ThrowAsync<IntegrityException>(async () => await keys.Fields.Read<string>(copy, place with { Member = "kind" }, "person:p1"));
        await Should.ThrowAsync<IntegrityException>(async () => await keys.Fields.Read<string>(copy, place with { EventId = Guid.NewGuid() }, "person:p1"));
    }

    [Fact]
    public async Task without_keys_nothing_personal_is_stored()
    {
        var store = Engine(probe, Types(null));
        await Should.ThrowAsync<InvalidOperationException>(() => Take(store, "n1", 0, new NoteTaken("p1", "call", Said)));
        (await probe.Test.Value<long>("select count(*) from mt_events")).ShouldBe(0);
    }

    [Fact]
    public async Task what_may_not_be_stored_openly_may_not_be_stored_encrypted()
    {
        var store = Store(vault.Open());
        var refused = await Should.ThrowAsync<FormatException>(() => Take(store, "n1", 0, new NoteTaken("p1", "call", "a \0 inside")));
        refused.Message.ShouldStartWith("$.data.text:");
    }

    [Fact]
    public async Task reading_never_makes_a_key_and_a_key_the_vault_does_not_know_is_an_error()
    {
        var store = Store(vault.Open());
        await Take(store, "n1", 0, new NoteTaken("p1", "call", Said));
        await vault.AsSuperuser("alter table probe.data_key disable trigger all; delete from probe.data_key");
        await Should.ThrowAsync<PersonalKeyException>(() => Store(vault.Open()).Load<Notebook>(Probe.North, "n1"));
        (await vault.Value<long>("select count(*) from probe.data_key")).ShouldBe(0);
    }

    [Fact]
    public async Task while_the_key_store_is_away_personal_members_are_refused_and_everything_else_goes_on()
    {
        await Take(Store(vault.Open()), "n1", 0, new NoteTaken("p1", "call", Said));
        var away = Store(vault.Open(port: 1));
        var notes = (await away.Load<Notebook>(Probe.North, "n1")).State!;
        Should.Throw<PersonalDataUnavailableException>(() => notes.Notes.Single().Text.Value);
        await Should.ThrowAsync<PersonalDataUnavailableException>(() => Take(away, "n1", 1, new NoteTaken("p1", "call", "more")));
        (await Take(away, "n1", 1, new NoteFiled("p1"))).Outcome.ShouldBe(AppendOutcome.Committed);
        // what could not be read is not remembered as unreadable
        (await away.Load<Notebook>(Probe.North, "n1")).State!.Filed.ShouldBeTrue();
    }

    [Fact]
    public async Task two_processes_that_write_first_about_one_person_use_one_key()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => Store(vault.Open())).ToArray();
        await Task.WhenAll(stores.Select((store, n) => Take(store, $"n{n}", 0, new NoteTaken("p1", "call", Said))));
        (await vault.Value<long>("select count(*) from probe.data_key")).ShouldBe(1);
        for (var n = 0; n < stores.Length; n++)
            (await Store(vault.Open()).Load<Notebook>(Probe.North, $"n{n}")).State!.Notes.Single().Text.Value.ShouldBe(Said);
    }

    [Fact]
    public async Task an_earlier_event_is_opened_before_it_is_upcast()
    {
        await Take(Store(vault.Open()), "n1", 0, new NoteTaken("p1", "call", Said));
        await probe.Test.AsSuperuser("""
            alter table mt_events disable trigger append_only;
            update mt_events set type = 'note_written', data = data - 'kind';
            """);
        var upcast = new EventTypes([typeof(Notebook)], [new Upcaster("note_written", "note_taken", data =>
        {
            data["kind"] = data["text"]!.GetValue<string>().Length > 5 ? "long" : "short";
            return data;
        })], vault.Open().Fields);
        var store = Engine(probe, upcast);
        var note = (await store.Load<Notebook>(Probe.North, "n1")).State!.Notes.Single();
        (note.Kind, note.Text.Value).ShouldBe(("long", Said));
    }

    public async ValueTask DisposeAsync()
    {
        await probe.DisposeAsync();
        await vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static EventTypes Types(FieldEncryption? fields) => new([typeof(Notebook)], [], fields);

    private IEventStore Store(Keyring keys) => Engine(probe, Types(keys.Fields));

    private static Task<AppendResult> Take(IEventStore store, string stream, long version, params object[] events) =>
        store.Append(Probe.Request([Probe.Write(stream, version, events)]));

    private Task Rewrite(string data, string stream) => probe.Test.AsSuperuser(
        $"alter table mt_events disable trigger append_only; update mt_events set data = '{data}' where stream_id = '{stream}'");
}
