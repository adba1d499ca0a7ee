using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Keys;

/// <summary>A key just made. The only answer that ever holds a key's text.</summary>
/// <param name="Text">The key itself.</param>
/// <param name="Key">What it may do.</param>
public sealed record NewKeyView(string Text, KeyView Key)
{
    public static NewKeyView Of(CreatedKey created)
    {
        ArgumentNullException.ThrowIfNull(created);
        return new NewKeyView(created.Text, KeyView.Of(created.Key));
    }
}
