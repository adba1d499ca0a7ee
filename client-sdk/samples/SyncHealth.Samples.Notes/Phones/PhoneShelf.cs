using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>
/// Where the phones lie. Whoever opens the page takes one up; one that nobody has looked at for a while is put away, with its engine and its files.
/// There are as many as <see cref="PhoneId.Letters"/> names in each notebook, and never more.
/// </summary>
public sealed class PhoneShelf(NotesSampleOptions options, DeviceKeyHasher hasher, TimeProvider clock, ILogger<PhoneShelf> logger) : BackgroundService, IDeviceHome
{
    /// <summary>Real time without anybody looking after which a phone is put away: a closed lid or a lunch should not cost what was written.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(30);

    /// <summary>Real time between two looks at the shelf.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<PhoneId, PhoneSlot> _slots = [];
    private bool _isEmptied;

    /// <summary>Phones that are switched on.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>The first phone of a notebook that nobody holds: what a tab without a phone in its address gets. When all are held, the first.</summary>
    public PhoneId FirstFree(Notebook notebook)
    {
        lock (_lock)
        {
            var ids = PhoneId.Letters.Select(letter => new PhoneId(letter, notebook)).ToArray();
            return ids.FirstOrDefault(id => !_slots.TryGetValue(id, out var slot) || slot.Holders == 0, ids[0]);
        }
    }

    /// <summary>Takes a phone up, switching it on if need be; disposing what is returned lays it down.</summary>
    public PhoneLease Take(PhoneId id)
    {
        lock (_lock)
        {
            ForgetRunBefore();
            if (!_slots.TryGetValue(id, out var slot))
                _slots.Add(id, slot = new PhoneSlot(Start(id)));
            slot.Holders++;
            return new PhoneLease(slot.Phone, StoryOf(slot.Phone), () => LayDown(slot));
        }
    }

    /// <summary>The page of the phone that reports under this key; null for other devices.</summary>
    public string? AddressOf(string app, string key)
    {
        if (app != NotesSample.App)
            return null;
        lock (_lock)
            return _slots.Values.FirstOrDefault(slot => KeyOf(slot.Phone) == key)?.Phone.Id.ToAddress();
    }

    /// <summary>Puts away what has been idle for <see cref="IdleAfter"/>, and lets the others keep pace with the clock.</summary>
    /// <param name="now">A real timestamp of <see cref="TimeProvider.System"/>.</param>
    internal async Task TidyAsync(long now)
    {
        foreach (var phone in TakeIdle(now))
            await PutAwayAsync(phone);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var phone in TakeAll())
            await PutAwayAsync(phone);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(SweepInterval, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TidyAsync(TimeProvider.System.GetTimestamp());
        }
    }

    /// <summary>A phone that cannot be put away properly costs the others nothing: the next start empties its folder.</summary>
    private async Task PutAwayAsync(Phone phone)
    {
        try
        {
            await phone.DisposeAsync();
            Directory.Delete(phone.Folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException)
        {
            Log.PhoneKept(logger, phone.Id.Name, exception);
        }
    }

    private string KeyOf(Phone phone) => DeviceKeyText.Of(hasher.DeviceKey(NotesSample.App, phone.DeviceId));

    private string StoryOf(Phone phone) => DeviceState.Parse(NotesSample.App, null, KeyOf(phone), null, null).ToAddress();

    private Phone Start(PhoneId id)
    {
        var born = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        var deviceId = $"try-{id.Notebook}-{id.Letter}-{born}".ToLowerInvariant();
        return Phone.Start(id, deviceId, Path.Combine(options.DataFolder, deviceId), options, clock);
    }

    /// <summary>What a run before left behind belongs to nobody.</summary>
    private void ForgetRunBefore()
    {
        if (_isEmptied)
            return;
        _isEmptied = true;
        if (Directory.Exists(options.DataFolder))
            Directory.Delete(options.DataFolder, recursive: true);
    }

    private void LayDown(PhoneSlot slot)
    {
        lock (_lock)
        {
            slot.Holders--;
            slot.IdleSince = TimeProvider.System.GetTimestamp();
        }
    }

    private Phone[] TakeIdle(long now)
    {
        lock (_lock)
        {
            var idle = _slots.Values.Where(slot => slot.Holders == 0 && TimeProvider.System.GetElapsedTime(slot.IdleSince, now) >= IdleAfter).Select(slot => slot.Phone).ToArray();
            foreach (var phone in idle)
                _slots.Remove(phone.Id);
            foreach (var slot in _slots.Values)
                slot.Phone.KeepPace();
            return idle;
        }
    }

    private Phone[] TakeAll()
    {
        lock (_lock)
        {
            var all = _slots.Values.Select(slot => slot.Phone).ToArray();
            _slots.Clear();
            return all;
        }
    }
}
