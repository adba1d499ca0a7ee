namespace SyncHealth.Samples.Notes.Phones;

/// <summary>A phone in somebody's hand; disposing lays it down.</summary>
/// <param name="phone">The phone.</param>
/// <param name="story">Address of its story on the dashboard.</param>
/// <param name="layDown">Called once.</param>
public sealed class PhoneLease(Phone phone, string story, Action layDown) : IDisposable
{
    private bool _isDown;

    public Phone Phone => phone;

    /// <summary>Address of the phone's story; there is one once a report has arrived.</summary>
    public string Story => story;

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDown, true))
            layDown();
    }
}
