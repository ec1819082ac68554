using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Hosting.Erasing;

/// <summary>Puts field encryption and erasure into a service.</summary>
internal static class PersonalData
{
    public static void AddPersonalData(this IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(_ => new KeyVault(settings.Vault)).AddSingleton(_ => settings.KeyWrapping);
        services.AddSingleton<DataKeys>().AddSingleton<FieldEncryption>().AddSingleton<KeyErasure>().AddSingleton(_ => settings.Tombstones);
        // before everything that reads: keys are closed until it has opened them
        services.AddHostedService(provider => new KeyWatch(provider.GetRequiredService<KeyVault>(), provider.GetRequiredService<DataKeys>(), async ct =>
            {
                await using var connection = await provider.GetRequiredService<Database>().Worker.OpenConnectionAsync(ct);
                return [.. await Erasures.Tombstones(connection, ct), .. settings.Tombstones.Read()];
            }, provider.GetRequiredService<Alarms>(), provider.GetRequiredService<ILogger<KeyWatch>>()));
    }

    /// <summary>The vault's schema up to date, and what this service's log knows as erased erased there, too.</summary>
    public static async Task<IReadOnlyList<string>> Migrate(ServiceSettings settings, CancellationToken ct = default)
    {
        var applied = await VaultMigrator.Run(settings.VaultMigration, ct);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.Migration.SuperuserConnection)
        {
            Database = settings.Database.Name,
            Pooling = false
        }.ConnectionString);
        await connection.OpenAsync(ct);
        KeyOwner[] erased = [.. (await Erasures.Tombstones(connection, ct)).Union(settings.Tombstones.Read())];
        if (erased.Length == 0) return applied;
        await using var vault = new KeyVault(settings.Vault);
        await vault.BeginErasure(erased, ct);
        await vault.FinishErasure(erased, ct);
        return applied;
    }
}
