using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Clinic.Hosting;

/// <summary>Puts field encryption into a service.</summary>
internal static class PersonalData
{
    public static void AddPersonalData(this IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(_ => new KeyVault(settings.Vault)).AddSingleton(_ => settings.KeyWrapping);
        services.AddSingleton<DataKeys>().AddSingleton<FieldEncryption>();
        // before everything that reads: keys are closed until it has opened them
        services.AddHostedService(provider => new KeyWatch(provider.GetRequiredService<KeyVault>(), provider.GetRequiredService<DataKeys>(),
            static _ => Task.FromResult<IReadOnlyCollection<KeyOwner>>([]), provider.GetRequiredService<Alarms>(), provider.GetRequiredService<ILogger<KeyWatch>>()));
    }
}
