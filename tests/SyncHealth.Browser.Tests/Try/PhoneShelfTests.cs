using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Samples.Notes;
using SyncHealth.Samples.Notes.Phones;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Browser.Tests.Try;

/// <summary>How many phones there are, who holds them, and what becomes of those that nobody does. Nothing listens where they sync.</summary>
public sealed class PhoneShelfTests : IAsyncLifetime
{
    private static readonly DeviceKeyHasher Hasher = new(new byte[DeviceKeySecret.MinBytes]);

    private readonly string _folder = Directory.CreateTempSubdirectory("shelf-").FullName;
    private readonly PhoneShelf _shelf;

    public PhoneShelfTests() => _shelf = new PhoneShelf(
        new NotesSampleOptions { Platform = () => new Uri("http://127.0.0.1:9"), DataFolder = Path.Combine(_folder, "phones") }, Hasher, TimeProvider.System, NullLogger<PhoneShelf>.Instance);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _shelf.StopAsync(CancellationToken.None);
        _shelf.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void FirstFree_WhileOneIsHeld_IsTheNextAndAfterwardsTheSameAgain()
    {
        using var a = TakeFree(Notebook.LastWriteWins);
        var b = TakeFree(Notebook.LastWriteWins);
        b.Dispose();
        b.Dispose();
        using var again = TakeFree(Notebook.LastWriteWins);

        Assert.Equal(('a', 'b', 'b'), (a.Phone.Id.Letter, b.Phone.Id.Letter, again.Phone.Id.Letter));
        Assert.Same(b.Phone, again.Phone);
    }

    [Fact]
    public void FirstFree_AllHeld_IsTheFirstAndMakesNoMore()
    {
        var leases = Enumerable.Range(0, PhoneId.Letters.Length + 2).Select(_ => TakeFree(Notebook.FieldMerge)).ToArray();

        Assert.Equal(PhoneId.Letters.Length, _shelf.Count);
        Assert.Same(leases[0].Phone, leases[^1].Phone);
        Assert.All(leases, lease => lease.Dispose());
    }

    [Fact]
    public async Task Tidy_IdleForLong_PutsAwayThePhoneAndItsFilesButNoneThatIsHeld()
    {
        using var held = _shelf.Take(new PhoneId('a', Notebook.LastWriteWins));
        var left = _shelf.Take(new PhoneId('b', Notebook.LastWriteWins));
        left.Phone.Write("never sent", "");
        left.Dispose();
        Assert.True(Directory.Exists(left.Phone.Folder));

        await _shelf.TidyAsync(In(PhoneShelf.IdleAfter / 2));
        Assert.Equal(2, _shelf.Count);
        await _shelf.TidyAsync(In(PhoneShelf.IdleAfter));

        Assert.Equal(1, _shelf.Count);
        Assert.False(Directory.Exists(left.Phone.Folder));
        Assert.True(Directory.Exists(held.Phone.Folder));
        using var next = _shelf.Take(left.Phone.Id);
        Assert.NotEqual(left.Phone.DeviceId, next.Phone.DeviceId);
        Assert.Empty(next.Phone.Look().Notes);
    }

    [Fact]
    public async Task Stop_PutsEveryPhoneAway()
    {
        using var held = _shelf.Take(new PhoneId('a', Notebook.LastWriteWins));

        await _shelf.StopAsync(CancellationToken.None);

        Assert.Equal(0, _shelf.Count);
        Assert.False(Directory.Exists(held.Phone.Folder));
    }

    [Fact]
    public void Take_First_EmptiesWhatARunBeforeHasLeft()
    {
        var left = Path.Combine(_folder, "phones", "try-of-yesterday");
        Directory.CreateDirectory(left);

        using var held = _shelf.Take(new PhoneId('a', Notebook.LastWriteWins));

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(held.Phone.Folder));
    }

    [Fact]
    public void AddressOf_OwnPhone_LeadsToItAndToNoOther()
    {
        using var held = _shelf.Take(new PhoneId('d', Notebook.FieldMerge));
        var key = DeviceKeyText.Of(Hasher.DeviceKey(NotesSample.App, held.Phone.DeviceId));

        Assert.Equal("/try?phone=d&notebook=merge", _shelf.AddressOf(NotesSample.App, key));
        Assert.Null(_shelf.AddressOf("notes", key));
        Assert.Null(_shelf.AddressOf(NotesSample.App, "0000000000000000"));
        Assert.Equal($"/devices/{key}?app=try", held.Story);
    }

    private PhoneLease TakeFree(Notebook notebook) => _shelf.Take(_shelf.FirstFree(notebook));

    private static long In(TimeSpan time) => TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
}
