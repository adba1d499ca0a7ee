namespace SyncHealth.SyncServer.Reporting;

/// <summary>Which devices reached this server since the log was last sent: the second channel, which says what the server took whatever the devices report.</summary>
internal sealed class SyncLog(NotesServerOptions options, TimeProvider time)
{
    /// <summary>Devices that are kept while SyncHealth is away: 10 MB. Further ones are left out until it is back.</summary>
    public const int MaxDevices = 100_000;

    private readonly Lock _lock = new();
    private Dictionary<string, SyncContact> _contacts = new(StringComparer.Ordinal);

    /// <summary>Whether anybody is told.</summary>
    public bool IsWanted => options.SyncLogEndpoint is not null;

    /// <summary>Notes that a device fetched, or sent changes of which <paramref name="accepted"/> were taken. Nothing where no log is wanted.</summary>
    public void Note(string device, int accepted)
    {
        if (!IsWanted)
            return;
        var now = time.GetUtcNow();
        lock (_lock)
            Add(device, new SyncContact(now, accepted > 0 ? now : null, accepted));
    }

    /// <summary>Takes out what is to be sent.</summary>
    public IReadOnlyDictionary<string, SyncContact> Take()
    {
        lock (_lock)
        {
            var taken = _contacts;
            _contacts = new Dictionary<string, SyncContact>(StringComparer.Ordinal);
            return taken;
        }
    }

    /// <summary>Puts back what could not be sent, under what came since.</summary>
    public void Return(IEnumerable<KeyValuePair<string, SyncContact>> contacts)
    {
        lock (_lock)
            foreach (var (device, contact) in contacts)
                Add(device, contact);
    }

    private void Add(string device, SyncContact contact)
    {
        if (_contacts.TryGetValue(device, out var known))
            _contacts[device] = known.With(contact);
        else if (_contacts.Count < MaxDevices)
            _contacts.Add(device, contact);
    }
}
