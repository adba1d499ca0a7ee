using SyncHealth.Storage.Erasure;

namespace SyncHealth.Api.Erasure;

/// <summary>What an erasure deleted. It names nobody: whoever asked knows whom.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="Kind"><c>device</c> or <c>user</c>.</param>
/// <param name="Devices">Devices of which anything was known.</param>
/// <param name="Events">Raw events deleted.</param>
/// <param name="OtherRows">Rows of devices deleted beside them.</param>
/// <param name="DoneAt">When nothing was left, on the shared clock.</param>
public sealed record ErasureView(string App, string Kind, long Devices, long Events, long OtherRows, DateTimeOffset DoneAt)
{
    public static ErasureView Of(string app, ErasureResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ErasureView(app, result.Kind == ErasureKind.User ? "user" : "device", result.Devices, result.Events, result.OtherRows, result.DoneAt);
    }
}
