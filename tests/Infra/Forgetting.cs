using System.Diagnostics;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Npgsql;

namespace Clinic.Tests.Infra;

/// <summary>What destroying a person's keys does, to processes that hold them and to a vault that comes back from a backup.</summary>
public class Forgetting(Stack stack) : IAsyncLifetime
{
    private const string Said = "Quittenbrot was said";
    private static readonly KeyOwner[] Person = [new(Probe.North, "person:p1")];
    private Probe probe = null!;
    private Vault vault = null!;

    public async ValueTask InitializeAsync() => (probe, vault) = (await Probe.On(stack, Scripts), await Vault.New(stack));

    protected virtual SchemaScript[] Scripts => [];

    protected virtual IEventStore Engine(Probe on, EventTypes types) => new EventStore(on.Database, types, Probe.Seal, on.Signals);

    [Fact]
    public async Task every_process_forgets_keys_and_folded_states_and_only_then_the_erasure_is_acknowledged()
    {
        var (one, two) = (await vault.Watching(), await vault.Watching());
        var (first, second) = (Store(one), Store(two));
        await Took(first, "n1", Note("p1"), Note("p1"));
        await Took(first, "n2", Note("p2"));
        foreach (var store in new[] { first, second })
            await Eventually.True(async () => await Text(store, "n1") == Said, "both have it in memory");

        var epoch = await one.Vault.BeginErasure(Person, default);
        await Eventually.True(async () => await one.Vault.NotAcknowledged(epoch, DataKeys.Held, default) == 0, "both to acknowledge", 5);
        (await one.Vault.FinishErasure(Person, default)).ShouldBe(1);

        foreach (var store in new[] { first, second })
        {
            var notes = (await store.Load<Notebook>(Probe.North, "n1")).State!;
            notes.Notes.Count.ShouldBe(2);
            notes.Notes.ShouldAllBe(note => note.Text.IsErased && note.Kind == "call");
            (await Text(store, "n2")).ShouldBe(Said);
            // seals are over ciphertext
            (await store.Load<Notebook>(Probe.North, "n1", new LoadOptions(Verified: true))).Version.ShouldBe(2);
        }
    }

    [Fact]
    public async Task a_process_that_is_not_heard_of_is_waited_for_as_long_as_it_may_hold_a_key()
    {
        var (deaf, other) = (vault.Open(), vault.Open());
        await Took(Store(deaf), "n1", Note("p1"));
        var epoch = await other.Vault.BeginErasure(Person, default);
        (await other.Vault.NotAcknowledged(epoch, DataKeys.Held, default)).ShouldBe(1);
        await Task.Delay(300);
        (await other.Vault.NotAcknowledged(epoch, TimeSpan.FromMilliseconds(200), default)).ShouldBe(0);
    }

    [Fact]
    public async Task a_key_in_memory_is_asked_for_again_after_its_time()
    {
        var time = new Clock();
        var keys = vault.Open(time: time);
        await Took(Store(keys), "n1", Note("p1"));
        await Erase(vault.Open());
        (await Text(Store(keys), "n1")).ShouldBe(Said, "it has not heard of the erasure");
        time.Advance(DataKeys.Held);
        (await Store(keys).Load<Notebook>(Probe.North, "n1")).State!.Notes.Single().Text.IsErased.ShouldBeTrue();
    }

    [Fact]
    public async Task no_key_is_ever_made_again_for_who_was_erased()
    {
        var keys = await vault.Watching();
        var store = Store(keys);
        await Took(store, "n1", Note("p1"));
        await Erase(keys);
        // begun already: that only says which epoch it is
        var epoch = await keys.Vault.BeginErasure(Person, default);
        await Eventually.True(async () => await keys.Vault.NotAcknowledged(epoch, DataKeys.Held, default) == 0, "it to have forgotten");
        await Should.ThrowAsync<PersonalDataErasedException>(() => Took(store, "n2", Note("p1")));
        // neither for who was never known here
        await Erase(keys, new KeyOwner(Probe.North, "person:never"));
        await Should.ThrowAsync<PersonalDataErasedException>(() => Took(store, "n3", Note("never")));
        // another clinic's person of the same name is another person
        (await store.Append(Probe.Request([Probe.Write("n1", 0, Note("p1"))], tenant: "south"))).Outcome.ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task one_class_can_go_before_the_others()
    {
        var keys = vault.Open();
        await keys.Keys.Of(new KeyOwner(Probe.North, "person:p1", DataClasses.Contact), default);
        await Took(Store(keys), "n1", Note("p1"));
        await Erase(keys, new KeyOwner(Probe.North, "person:p1", DataClasses.Contact));
        (await Text(Store(vault.Open()), "n1")).ShouldBe(Said);
        await Should.ThrowAsync<PersonalDataErasedException>(async () => await vault.Open().Keys.Of(new KeyOwner(Probe.North, "person:p1", DataClasses.Contact), default));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task a_vault_restored_from_before_the_erasure_forgets_again_before_the_service_reads(bool beforeTheFirstKey)
    {
        var keys = vault.Open();
        if (!beforeTheFirstKey) await Took(Store(keys), "n1", Note("p1"));
        var backup = await Tool("pg_dump", "-Fc");
        if (beforeTheFirstKey) await Took(Store(keys), "n1", Note("p1"));
        await Erase(keys);
        await Tool("pg_restore", ["--clean", "--if-exists"], backup);
        (await vault.Value<long>("select count(*) from probe.tombstone")).ShouldBe(0, "the backup is older");

        var restarted = await vault.Watching(vault.Open(), Person);
        (await Store(restarted).Load<Notebook>(Probe.North, "n1")).State!.Notes.Single().Text.IsErased.ShouldBeTrue();
        (await vault.Value<long>("select count(*) from probe.data_key where wrapped is not null")).ShouldBe(0);
        await Should.ThrowAsync<PersonalDataErasedException>(() => Took(Store(restarted), "n2", Note("p1")));
    }

    [Fact]
    public async Task until_the_vault_has_been_told_no_key_is_handed_out()
    {
        var keys = vault.Open();
        await Took(Store(keys), "n1", Note("p1"));
        var starting = vault.Open();
        starting.Keys.IsOpen = false;
        var notes = (await Store(starting).Load<Notebook>(Probe.North, "n1")).State!;
        Should.Throw<PersonalDataUnavailableException>(() => notes.Notes.Single().Text.Value);
    }

    [Theory, Trait("Abuse", "74")]
    [InlineData("delete from probe.tombstone"), InlineData("truncate probe.tombstone"), InlineData("update probe.tombstone set subject = 'person:p9'")]
    [InlineData("update probe.tombstone set erased_at = null"), InlineData("delete from probe.data_key"), InlineData("truncate probe.data_key")]
    [InlineData("update probe.data_key set wrapped = '\\x00', destroyed_at = null")]
    [InlineData("insert into probe.data_key (key_id, tenant_id, subject, data_class, kek_id, wrapped) values (gen_random_uuid(), 'north', 'person:p1', 'other', 'k1', '\\x00')")]
    public async Task a_tombstone_stands_against_the_service_and_against_a_superuser_who_does_not_take_it_down_openly(string sql)
    {
        await Took(Store(vault.Open()), "n1", Note("p1"));
        await Erase(vault.Open());
        await using var login = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(vault.Connection(vault.Target.Settings.Name))
        {
            Username = vault.Target.Settings.Role,
            Password = vault.Target.Settings.Password
        });
        (await Should.ThrowAsync<PostgresException>(() => login.CreateCommand(sql).ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
        foreach (var role in new[] { "origin", "replica" })
            (await Should.ThrowAsync<PostgresException>(() => vault.AsSuperuser($"set session_replication_role = {role}; {sql}"))).SqlState.ShouldBeOneOf("42501", "CL451");
    }

    [Fact]
    public async Task a_service_reaches_no_other_services_keys()
    {
        await VaultMigrator.Run(vault.Target with { Settings = vault.Target.Settings with { Service = "other", Password = "for-tests-too" } });
        await using var login = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(vault.Connection(vault.Target.Settings.Name))
        {
            Username = vault.Target.Settings.Role,
            Password = vault.Target.Settings.Password
        });
        foreach (var sql in new[] { "select other.leave(gen_random_uuid())", "select * from other.data_key", "select * from probe.data_key", "select probe.is_erased('a', 'b', 'c')" })
            (await Should.ThrowAsync<PostgresException>(() => login.CreateCommand(sql).ExecuteNonQueryAsync())).SqlState.ShouldBe("42501", sql);
    }

    [Fact]
    public async Task a_new_key_encryption_key_takes_over_while_the_service_runs()
    {
        NamedKey old = new("k1", [.. Enumerable.Repeat((byte)9, 32)]), next = new("k2", [.. Enumerable.Repeat((byte)8, 32)]);
        var ring = new KeyRing(old);
        var wrapping = new LocalKeyWrapping(() => ring);
        var keys = vault.Open(wrapping);
        await Took(Store(keys), "n1", Note("p1"));
        await Took(Store(keys), "n2", Note("p2"));
        await Erase(keys, new KeyOwner(Probe.North, "person:p2"));

        ring = new KeyRing(next, old);
        (await KeyRotation.Rewrap(keys.Vault, wrapping, default)).ShouldBe(1);
        (await KeyRotation.Rewrap(keys.Vault, wrapping, default)).ShouldBe(0);
        ring = new KeyRing(next);
        var later = vault.Open(wrapping);
        (await Text(Store(later), "n1")).ShouldBe(Said);
        (await Store(later).Load<Notebook>(Probe.North, "n2")).State!.Notes.Single().Text.IsErased.ShouldBeTrue();
        // without the old key what was not rewrapped could not be read: that is an error, not an erasure
        ring = new KeyRing(new NamedKey("k3", new byte[32]));
        await Should.ThrowAsync<PersonalKeyException>(() => Store(vault.Open(wrapping)).Load<Notebook>(Probe.North, "n1"));
    }

    public async ValueTask DisposeAsync()
    {
        await probe.DisposeAsync();
        await vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private IEventStore Store(Keyring keys) => Engine(probe, new EventTypes([typeof(Notebook)], [], keys.Fields));

    private static NoteTaken Note(string person) => new(person, "call", Said);

    private static async Task Took(IEventStore store, string stream, params object[] events) =>
        (await store.Append(Probe.Request([Probe.Write(stream, 0, events)]))).Outcome.ShouldBe(AppendOutcome.Committed);

    private static async Task<string> Text(IEventStore store, string stream) => (await store.Load<Notebook>(Probe.North, stream)).State!.Notes[0].Text.Value;

    private static async Task Erase(Keyring keys, params KeyOwner[] owners)
    {
        if (owners.Length == 0) owners = Person;
        await keys.Vault.BeginErasure(owners, default);
        await keys.Vault.FinishErasure(owners, default);
    }

    private Task<byte[]> Tool(string tool, params string[] arguments) => Tool(tool, arguments, null);

    private async Task<byte[]> Tool(string tool, string[] arguments, byte[]? input)
    {
        using var process = Process.Start(await stack.Tool(tool, vault.Connection(vault.Target.Settings.Name), arguments))!;
        var said = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await said);
        return output.ToArray();
    }

    private sealed class Clock : TimeProvider
    {
        private TimeSpan ahead;

        public void Advance(TimeSpan by) => ahead += by;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(ahead.TotalSeconds * TimestampFrequency);
    }
}
