using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>Whatever stands in the header is a key.</summary>
internal sealed record KeyNotChecked() : SeededBug("key not checked")
{
    public override void Plant(IServiceCollection services) => services.AddSingleton<IKeyFinder, Everybody>();

    private sealed class Everybody : IKeyFinder
    {
        public ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new KeyLookup(KeyLookupStatus.Valid, new IngestKey(key, null, key, [], DateTimeOffset.UnixEpoch, null)));

        public AppLimits? LimitsOf(string app) => null;
    }
}
