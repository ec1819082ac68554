using Clinic.EventLog;
using Npgsql;

namespace Clinic.Tests.Infra;

public sealed class Migrations(Stack stack)
{
    private static readonly string[] Own = [.. Migrator.EmbeddedIn(typeof(Migrator).Assembly).Select(script => script.Name)];

    [Fact]
    public async Task migrating_again_changes_nothing_and_an_edited_script_is_refused()
    {
        var target = await stack.NewTarget();
        await using var dropped = new Dropped(target);
        SchemaScript[] scripts = [new("100_one", "create table views.one (id int)"), new("101_two", "create table views.two (id int)")];
        (await Migrator.Run(target, scripts[..1])).ShouldBe([.. Own, "100_one"]);
        (await Migrator.Run(target, scripts)).ShouldBe(["101_two"]);
        (await Migrator.Run(target, scripts)).ShouldBeEmpty();
        var edited = await Should.ThrowAsync<InvalidOperationException>(() => Migrator.Run(target, [scripts[0] with { Sql = "create table views.other (id int)" }]));
        edited.Message.ShouldContain("100_one");
    }

    [Fact]
    public async Task a_script_that_fails_leaves_nothing_behind_and_is_run_again()
    {
        var target = await stack.NewTarget();
        await using var dropped = new Dropped(target);
        await Should.ThrowAsync<PostgresException>(() => Migrator.Run(target, [new("100_one", "create table views.one (id int); select 1/0")]));
        (await Migrator.Run(target, [new("100_one", "create table views.one (id int)")])).ShouldBe(["100_one"]);
    }

    [Fact]
    public async Task two_migrators_at_once_do_not_clash()
    {
        var (first, second) = (await stack.NewTarget(), await stack.NewTarget());
        await using var dropped = new Dropped(first, second);
        var applied = await Task.WhenAll(new[] { first, first, first, second, second }.Select(target => Task.Run(() => Migrator.Run(target, []))));
        applied.Sum(names => names.Count).ShouldBe(2 * Own.Length);
    }

    [Fact]
    public async Task another_services_logins_cannot_connect()
    {
        var target = await stack.NewTarget();
        await using var dropped = new Dropped(target);
        await Migrator.Run(target, []);
        await using var other = await stack.NewDatabase("other");
        var settings = other.Settings with { Name = target.Database };
        await using var database = new Database(settings);
        (await Should.ThrowAsync<PostgresException>(async () => await database.Reader.OpenConnectionAsync())).SqlState.ShouldBe("42501");
    }

    private sealed class Dropped(params MigrationTarget[] targets) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var connection = new NpgsqlConnection(targets[0].SuperuserConnection);
            await connection.OpenAsync();
            foreach (var target in targets)
            {
                await using var drop = new NpgsqlCommand($"drop database if exists {target.Database} with (force)", connection);
                await drop.ExecuteNonQueryAsync();
            }
        }
    }
}
