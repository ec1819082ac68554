using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Microsoft.Extensions.Configuration;

namespace Clinic.Hosting;

/// <summary>
/// A service's store for a verb that does something and ends: no server, no bus, no views. What it appends gets its position from an
/// instance that runs.
/// </summary>
public sealed class Offline : IAsyncDisposable
{
    private readonly KeyVault vault;
    private readonly EventStore store;

    public Offline(ClinicService service)
    {
        var settings = new ServiceSettings(new ConfigurationBuilder().AddEnvironmentVariables().Build(), service.Name);
        vault = new KeyVault(settings.Vault);
        Database = new Database(settings.Database);
        var fields = new FieldEncryption(new DataKeys(vault, settings.KeyWrapping, TimeProvider.System));
        store = new EventStore(Database, service.EventTypes(fields), settings.Seal, new Signals());
    }

    public Database Database { get; }

    public IEventStore Store => store;

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        try
        {
            // it was handed keys and forgets them here: an erasure need not wait for it
            await vault.Leave(CancellationToken.None);
        }
        catch (Contracts.PersonalDataUnavailableException)
        {
        }
        await vault.DisposeAsync();
        await Database.DisposeAsync();
    }
}
