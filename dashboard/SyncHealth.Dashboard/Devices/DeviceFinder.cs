using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Finds what somebody typed. Raw ids are hashed here: neither address nor database ever sees them.</summary>
public sealed class DeviceFinder(IDeviceDirectory devices, DeviceKeyHasher hasher, ILogger<DeviceFinder> logger)
{
    /// <summary>Matches of each kind: a person reads no more of them.</summary>
    public const int MaxMatches = 20;

    /// <summary>What was found; null when the database does not answer.</summary>
    public async Task<DeviceMatches?> FindAsync(string app, string text, CancellationToken cancellationToken)
    {
        try
        {
            return await devices.FindAsync(DeviceSearch.Of(app, text, hasher), MaxMatches, cancellationToken);
        }
        catch (DbException error)
        {
            Log.SearchFailed(logger, error);
            return null;
        }
    }
}
