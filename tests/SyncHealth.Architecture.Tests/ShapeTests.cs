using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace SyncHealth.Architecture.Tests;

/// <summary>Size and shape of files, methods and types.</summary>
public sealed class ShapeTests
{
    private const int MaxFileLines = 350;
    private const int MaxMethodLines = 60;
    private const int MaxMarkupLines = 200;
    private const int MaxAnalyzerConfigLines = 80;

    private static readonly string[] BannedFolders = ["Helpers", "Utils", "Common", "Models", "Services", "Misc"];

    [Fact]
    public void Files_AreShort() => AssertNone(
        from path in Checkout.With(".cs", ".sql", ".css", ".js")
        where !path.Contains("/wwwroot/_framework/", StringComparison.Ordinal) && !path.Contains("/wwwroot/lib/", StringComparison.Ordinal)
        let lines = Checkout.Read(path).Count(character => character == '\n')
        where lines > MaxFileLines
        select $"{path}: {lines} lines, at most {MaxFileLines}");

    [Fact]
    public void Markup_IsShort() => AssertNone(
        from path in Checkout.With(".razor")
        let lines = Checkout.Read(path).Count(character => character == '\n')
        where lines > MaxMarkupLines
        select $"{path}: {lines} lines, at most {MaxMarkupLines}");

    [Fact]
    public void Methods_AreShort() => AssertNone(
        from source in Checkout.Sources
        from method in source.All<BaseMethodDeclarationSyntax>()
        let lines = SourceFile.LinesOf(method)
        where lines > MaxMethodLines
        select $"{source.Path}: {NameOf(method)} has {lines} lines, at most {MaxMethodLines}");

    [Fact]
    public void Files_HoldOneTypeNamedLikeThem() => AssertNone(
        from source in Checkout.Sources
        let types = source.Syntax.Members.SelectMany(Flatten).OfType<MemberDeclarationSyntax>().Where(IsType).ToArray()
        where types.Length > 1 || (types.Length == 1 && !source.Name.StartsWith(TypeNameOf(types[0]), StringComparison.Ordinal))
        select $"{source.Path} holds {string.Join(", ", types.Select(TypeNameOf))}");

    [Fact]
    public void Namespaces_FollowFolders() => AssertNone(
        from source in Checkout.Sources
        from declaration in source.All<BaseNamespaceDeclarationSyntax>()
        let expected = NamespaceOf(source.Path)
        where declaration.Name.ToString() != expected && declaration.Name.ToString() != "System.Runtime.CompilerServices"
        select $"{source.Path}: {declaration.Name}, expected {expected}");

    [Fact]
    public void Classes_AreSealedUnlessInheritedFrom()
    {
        var bases = Checkout.Sources.SelectMany(source => source.All<BaseTypeSyntax>()).Select(type => type.Type.ToString().Split('<')[0]).ToHashSet();
        AssertNone(
            from source in Checkout.Sources
            from type in source.All<TypeDeclarationSyntax>()
            where type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
            where !type.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
            where !type.Modifiers.Any(SyntaxKind.PartialKeyword) || !source.Path.EndsWith(".razor.cs", StringComparison.Ordinal)
            where !bases.Contains(type.Identifier.Text)
            select $"{source.Path}: {type.Identifier.Text}");
    }

    [Fact]
    public void Folders_ShowAPromiseNotAKind() => AssertNone(
        from path in Checkout.Files
        where path.Split('/')[..^1].Any(BannedFolders.Contains)
        select path);

    [Fact]
    public void AnalyzerConfiguration_CanBeReadInOneSitting() =>
        Assert.InRange(Checkout.Read(".editorconfig").Count(character => character == '\n'), 1, MaxAnalyzerConfigLines);

    private static void AssertNone(IEnumerable<string> violations) => Assert.Empty(violations.ToArray());

    private static IEnumerable<MemberDeclarationSyntax> Flatten(MemberDeclarationSyntax member) =>
        member is BaseNamespaceDeclarationSyntax declaration ? declaration.Members.SelectMany(Flatten) : [member];

    private static bool IsType(MemberDeclarationSyntax member) => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static string TypeNameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    };

    private static string NameOf(BaseMethodDeclarationSyntax method) => method switch
    {
        MethodDeclarationSyntax named => named.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => method.Kind().ToString(),
    };

    private static string NamespaceOf(string path)
    {
        var folders = path.Split('/')[..^1];
        var project = Array.FindIndex(folders, folder => folder.StartsWith("SyncHealth.", StringComparison.Ordinal));
        return string.Join('.', folders[project..]);
    }
}
