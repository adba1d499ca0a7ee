using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Asks what is known of one device.</summary>
public sealed class DeviceStoryReader(IAppReader apps, IDeviceDirectory devices, IWorkReader work, TimeProvider clock) : IPageReader<DeviceState, DeviceView>
{
    /// <summary>Events read for one story: a busy device's two days, and half a megabyte.</summary>
    public const int MaxEvents = 2000;

    /// <summary>A clock may be ahead by less than what ingest corrects: such events belong to the present.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<DeviceView> ReadAsync(DeviceState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { } app || await devices.ReadFactsAsync(app.Name, state.Key, cancellationToken) is not { } facts
            || await work.ReadAsync(app.Name, state.Key, frame.Now, cancellationToken) is not { } standing)
            return new DeviceView(frame, null, null, null, [], false);
        var events = await devices.ReadEventsAsync(app.Name, state.Key, frame.Now - state.Back.Length, frame.Now + Ahead, MaxEvents, cancellationToken);
        var losses = await devices.ReadLossesAsync(app.Name, state.Key, frame.Now, cancellationToken);
        return new DeviceView(frame, facts, standing, WorkAnswer.Of(standing, facts, events, losses, frame.Now), DeviceStory.Tell(events), events.Count == MaxEvents);
    }
}
