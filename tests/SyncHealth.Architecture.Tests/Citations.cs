using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SyncHealth.Architecture.Tests;

/// <summary>The sources that documentation comments of a library name.</summary>
/// <remarks>
/// A source is an author with a year, an arXiv number, a section of the page that explains the library, or, in <c>remarks</c>, a type of the library that has one. A type's
/// source is that of its members. Members compute unless they only keep what they were given, or make a text.
/// </remarks>
internal sealed partial class Citations
{
    private readonly Dictionary<string, TypeDeclarationSyntax[]> _types;
    private readonly HashSet<string> _sections;

    public Citations(IEnumerable<CompilationUnitSyntax> sources, string page)
    {
        _types = sources.SelectMany(source => source.DescendantNodes().OfType<TypeDeclarationSyntax>()).GroupBy(type => type.Identifier.Text).ToDictionary(group => group.Key, group => group.ToArray());
        _sections = [.. Heading().Matches(page).Select(match => match.Groups[1].Value)];
        Computing = [.. from type in _types.Values.SelectMany(types => types) where IsPublic(type.Modifiers) from member in type.Members where IsPublic(member.Modifiers) && Computes(member) select (type, member)];
    }

    /// <summary>Every public member that computes something, with its type.</summary>
    public IReadOnlyList<(TypeDeclarationSyntax Type, MemberDeclarationSyntax Member)> Computing { get; }

    /// <summary>Those that name no source, and whose type names none.</summary>
    public string[] Missing() =>
        [.. Computing.Where(pair => !HasSource(CommentOf(pair.Member), []) && !HasSource(CommentOf(pair.Type), [])).Select(pair => $"{pair.Type.Identifier.Text}.{NameOf(pair.Member)}")];

    private bool HasSource(string comment, HashSet<string> asked) =>
        Published().IsMatch(comment)
        || Section().Matches(comment).Any(match => _sections.Contains(match.Groups[1].Value))
        || Remarks().Matches(comment).SelectMany(remarks => Reference().Matches(remarks.Value)).SelectMany(reference => reference.Groups[1].Value.Split('.'))
            .Where(asked.Add).Any(name => _types.TryGetValue(name, out var types) && types.Any(type => HasSource(CommentOf(type), asked)));

    /// <summary>The comment as running text, so that a source may stand on two lines.</summary>
    private static string CommentOf(SyntaxNode node) =>
        Slashes().Replace(string.Concat(node.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)).Select(trivia => trivia.ToFullString())), " ");

    private static bool IsPublic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.PublicKeyword);

    private static bool Computes(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => !IsText(method.ReturnType),
        PropertyDeclarationSyntax property => !IsText(property.Type) && (property.ExpressionBody is not null || property.AccessorList!.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null)),
        OperatorDeclarationSyntax or ConstructorDeclarationSyntax => true,
        _ => false,
    };

    private static bool IsText(TypeSyntax type) => type.ToString() is "string" or "string?";

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        OperatorDeclarationSyntax @operator => @operator.OperatorToken.Text,
        _ => member.Kind().ToString(),
    };

    /// <summary>"Wilson (1927)", "Kish (1965)", "(Lehmann, 1975, section 1.4)", "arXiv:1803.06336".</summary>
    [GeneratedRegex(@"\p{Lu}\p{L}+( \(|, )(1[89]|20)\d\d\b|\p{Lu}\p{L}+ and others \((1[89]|20)\d\d\)|\p{Lu}\p{L}+'s inequality \((1[89]|20)\d\d\)|arXiv:\d{4}\.\d{4,5}")]
    private static partial Regex Published();

    [GeneratedRegex(@"docs/statistics\.md, ""([^""]+)""")]
    private static partial Regex Section();

    [GeneratedRegex(@"<remarks>.*?</remarks>")]
    private static partial Regex Remarks();

    [GeneratedRegex(@"<see cref=""([\w.]+)(?:\([^""]*\))?""/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s*(///|\n)\s*")]
    private static partial Regex Slashes();

    [GeneratedRegex(@"^##+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
