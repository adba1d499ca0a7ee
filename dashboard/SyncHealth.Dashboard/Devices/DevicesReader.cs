using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Asks for one page of the list of devices, who is still there, and what detectors say.</summary>
public sealed class DevicesReader(IAppReader apps, IDeviceDirectory devices, IPresenceReader presence, SignShelf shelf, TimeProvider clock) : IPageReader<DevicesState, DevicesView>
{
    /// <inheritdoc/>
    public async Task<DevicesView> ReadAsync(DevicesState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { } app)
            return new DevicesView(frame, state, 0, []);
        var listing = await devices.ListAsync(
            new DeviceListQuery
            {
                App = app.Name, Now = frame.Now, Show = state.Show, Sort = state.Sort, Reverse = state.Reverse, Filters = state.Filters.Filters,
                Skip = (state.Page - 1) * DevicesState.PageSize, Take = DevicesState.PageSize,
            },
            cancellationToken);
        var filters = state.Filters.Filters;
        var groups = await presence.ReadAsync(app.Name, frame.Now, PresenceTable.Within, ["app_version"], filters, cancellationToken);
        var question = new DetectorQuery { App = app.Name, From = frame.Now - DetectorTable.Window, At = frame.Now, Filters = filters };
        var signs = await shelf.ReadAsync(question, cancellationToken);
        return new DevicesView(frame, state, listing.Total, [.. listing.Devices.Select(device => DeviceLine.Of(device, frame.Now))])
        {
            Presence = PresenceTable.Of(groups, state),
            Freshness = signs.Freshness is { } promise ? FreshnessFigures.Of(promise) : [],
            Drain = DrainFigures.Of(signs.Drain),
            Detectors = DetectorTable.Of(signs.Group, signs.Devices, state),
        };
    }
}
